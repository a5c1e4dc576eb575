// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/extension_model.h"

#include "src/ledger/calendar.h"
#include "src/ui/format.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using ledger::Extension;
using ledger::ExtensionState;

ExtensionModel::ExtensionModel(HomeThread& reader, StoreThread& store, const RecordId& task,
                               const RecordId& unit, const RecordId& window, QObject* parent)
    : QObject(parent),
      m_task(task),
      m_unit(unit),
      m_window(window),
      m_saving(store, this),
      m_reading(reader, this) {
    m_reading.show<Loaded>(
        [this] {
            return [task = m_task, unit = m_unit, window = m_window](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.report, ledger::extensionOf(home, task, unit, window));
                HZ_TRY(loaded.lastDay, ledger::lastDayOf(home, window));
                HZ_TRY(const RecordId own, home.unit());
                ledger::Succession succession(home.state());
                HZ_TRY(const RecordId standing, succession.standing(unit));
                const std::string& role = home.me().enrolment.role;
                loaded.isOffice = role == "office";
                loaded.isOwn = own == standing && (loaded.isOffice || role == "clerk" || role == "leader");
                return loaded;
            };
        },
        [this](Loaded loaded) { m_loaded = std::move(loaded); });
    follow(*this, m_reading, m_saving);
    m_reading.again();
}

template <class Work>
void ExtensionModel::save(Work work) {
    m_saving.start(std::move(work), [this] { emit done(); });
}

void ExtensionModel::ask(const QString& until, const QString& reason) {
    const ledger::ExtensionRequest request{m_task, m_unit, m_window, until.trimmed().toStdString(),
                                           reason.trimmed().toStdString()};
    save([request](ledger::Home& home) { return ledger::askForExtension(home, request); });
}

void ExtensionModel::give(const ledger::ExtensionAnswer& answer) {
    if (shown() != nullptr) {
        save([record = shown()->record, answer](ledger::Home& home) {
            return ledger::answerExtension(home, record, answer);
        });
    }
}

void ExtensionModel::grant(const QString& until, const QString& words) {
    give({true, until.trimmed().toStdString(), words.trimmed().toStdString()});
}

void ExtensionModel::refuse(const QString& words) {
    give({false, {}, words.trimmed().toStdString()});
}

const Extension* ExtensionModel::shown() const {
    const ledger::ReportExtension& report = m_loaded.report;
    if (report.waiting) {
        return &*report.waiting;
    }
    return report.decided ? &*report.decided : nullptr;
}

QString ExtensionModel::state() const {
    return shown() != nullptr ? toQt(std::string(name(shown()->state))) : QString();
}

QString ExtensionModel::line() const {
    if (shown() == nullptr) {
        return {};
    }
    const Extension& one = *shown();
    switch (one.state) {
    case ExtensionState::asked:
        return tr("More time asked for, until %1").arg(Format::date(toQt(one.until)));
    case ExtensionState::granted:
        return tr("More time granted, until %1").arg(Format::date(toQt(one.grantedTo)));
    case ExtensionState::refused:
        return tr("More time refused");
    }
    return {};
}

QString ExtensionModel::standing() const {
    const std::string granted = m_loaded.report.grantedTo();
    if (m_loaded.report.waiting && !granted.empty()) {
        return tr("Until the office answers, the last day is %1").arg(Format::date(toQt(granted)));
    }
    return m_loaded.report.isUsedUp && m_loaded.isOwn
               ? tr("More time cannot be asked for again; the office can change its answer")
               : QString();
}

QString ExtensionModel::takesBack() const {
    const std::string granted = m_loaded.report.grantedTo();
    return granted.empty() ? QString()
                           : tr("It takes back the time granted until %1").arg(Format::date(toQt(granted)));
}

QString ExtensionModel::reason() const {
    return shown() != nullptr ? toQt(shown()->reason) : QString();
}
QString ExtensionModel::answer() const {
    return shown() != nullptr ? toQt(shown()->answer) : QString();
}
QString ExtensionModel::askedUntil() const {
    return shown() != nullptr ? toQt(shown()->until) : QString();
}
QString ExtensionModel::askedBy() const {
    return shown() != nullptr ? joined({toQt(shown()->by.personName), Format::when(shown()->by.at)})
                              : QString();
}
QString ExtensionModel::lastDayText() const {
    return Format::date(toQt(m_loaded.lastDay));
}
// ISO dates: the order of the texts is that of the days.
bool ExtensionModel::isLater(const QString& date) const {
    const std::string iso = date.trimmed().toStdString();
    return ledger::Date::parse(iso) && iso > m_loaded.lastDay;
}
bool ExtensionModel::canAsk() const {
    return m_loaded.isOwn && !m_loaded.report.waiting && !m_loaded.report.isUsedUp && !isSaving();
}
bool ExtensionModel::canAnswer() const {
    return m_loaded.isOffice && shown() != nullptr && !isSaving();
}

}  // namespace hezhang::ui
