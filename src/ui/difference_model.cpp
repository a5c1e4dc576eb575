// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/difference_model.h"

#include <set>

#include "src/ui/field_words.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

using ledger::Difference;
using ledger::DifferenceKind;
using ledger::DifferenceValue;
using ledger::WhyShown;

namespace {

QString seenWords(const DifferenceValue& value) {
    if (!value.saw) {
        return DifferenceModel::tr("The field was still empty when this was written.");
    }
    return DifferenceModel::tr("Before writing, the text of %1 %2 (%3) was seen.", "unit, person, when")
        .arg(toQt(value.saw->unitName), toQt(value.saw->personName), Format::when(value.saw->at));
}

QString headingOf(const Difference& one, const DifferenceValue& value) {
    if (one.field == schema::kDeletedCell) {
        return value.value == true ? DifferenceModel::tr("Delete the entry")
                                   : DifferenceModel::tr("Keep the entry");
    }
    if (value.isOwn) {
        return DifferenceModel::tr("Written by you");
    }
    const std::string& who = value.by.personName.empty() ? value.by.unitName : value.by.personName;
    return DifferenceModel::tr("Written by %1").arg(toQt(who));
}

QVariantList valueRuns(const Difference& one, const DifferenceValue& value) {
    const std::string& registerName = one.place.registerName;
    if (one.field == schema::kDeletedCell) {
        if (value.changedField.empty()) {
            return oneRun(DifferenceModel::tr("Wants the whole entry to go."));
        }
        return oneRun(DifferenceModel::tr("Wrote in “%1”: %2", "field, value")
                          .arg(fieldTitle(registerName, value.changedField),
                               valueWords(registerName, value.changedField, value.changedTo)));
    }
    return value.runs.size() > 1 ? runsOf(value.runs)
                                 : oneRun(valueWords(registerName, one.field, value.value));
}

QVariantMap valueMap(const Difference& one, const DifferenceValue& value, const DeviceId& own) {
    return {{QStringLiteral("heading"), headingOf(one, value)},
            {QStringLiteral("runs"), valueRuns(one, value)},
            {QStringLiteral("person"), toQt(value.by.personName)},
            {QStringLiteral("unit"), toQt(value.by.unitName)},
            {QStringLiteral("time"), Format::when(value.by.at)},
            {QStringLiteral("device"), deviceWords(value.by.device, own)},
            {QStringLiteral("seen"), one.field == schema::kDeletedCell ? QString() : seenWords(value)},
            {QStringLiteral("isOwn"), value.isOwn},
            {QStringLiteral("isShown"), value.isShown},
            {QStringLiteral("text"), valueText(value.value)}};
}

std::set<std::string> setOf(const std::vector<std::string>& dots) {
    return {dots.begin(), dots.end()};
}

}  // namespace

DifferenceModel::DifferenceModel(HomeThread& reader, StoreThread& store, const RecordId& record,
                                 const QString& field, QObject* parent)
    : QObject(parent), m_store(store), m_record(record), m_field(field), m_reading(reader, this) {
    m_reading.define<Loaded>(
        [this] {
            return [record = m_record, name = m_field.toStdString()](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.difference, ledger::differenceOf(home, record, name));
                for (const DifferenceValue& value : loaded.difference.values) {
                    loaded.values.append(valueMap(loaded.difference, value, home.me().enrolment.device));
                }
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void DifferenceModel::take(Result<Loaded> loaded) {
    if (!loaded) {
        m_error = loaded.error();
        m_isReady = true;
        emit changed();
        return;
    }
    const bool isFirst = !m_isReady;
    const bool isOther = setOf(m_shown.listed) != setOf(loaded->difference.listed);
    m_isReady = true;
    m_error.reset();
    if (isFirst || isOther) {
        // One's own decision is no news to oneself.
        m_isChanged =
            !isFirst && !m_isDecided && !m_isSaving && loaded->difference.kind != DifferenceKind::none;
        m_picked = m_picked == kOwn ? kOwn : kNone;
    }
    m_shown = std::move(loaded->difference);
    if (m_values != loaded->values) {
        m_values = std::move(loaded->values);
        emit valuesChanged();
    }
    emit changed();
}

void DifferenceModel::look() {
    m_isChanged = false;
    emit changed();
}

void DifferenceModel::setPicked(int picked) {
    const bool isThere = picked == kOwn || picked == kNone || (picked >= 0 && picked < m_values.size());
    if (isThere && picked != m_picked && !m_isSaving) {
        m_picked = picked;
        emit changed();
    }
}

void DifferenceModel::setOwnText(const QString& text) {
    if (m_ownText != text && !m_isSaving) {
        m_ownText = text;
        emit changed();
    }
}

bool DifferenceModel::canDecide() const {
    const bool isOpen = m_isReady && !m_isSaving && !m_isChanged && m_shown.kind != DifferenceKind::none;
    return isOpen && (m_picked >= 0 || (m_picked == kOwn && !m_ownText.trimmed().isEmpty()));
}

void DifferenceModel::decide() {
    if (!canDecide()) {
        return;
    }
    const std::string own =
        m_picked == kOwn ? m_ownText.toStdString()
                         : valueText(m_shown.values[static_cast<std::size_t>(m_picked)].value).toStdString();
    if (m_shown.kind != DifferenceKind::conflict) {
        save([record = m_record, field = m_field.toStdString(), own, listed = m_shown.listed](
                 ledger::Home& home) { return ledger::replaceMerged(home, record, field, own, listed); });
        return;
    }
    ledger::Choice choice;
    if (m_picked == kOwn) {
        choice.value = own;
    } else {
        choice.dot = m_shown.values[static_cast<std::size_t>(m_picked)].dot;
    }
    choice.listed = m_shown.listed;
    save([record = m_record, field = m_field.toStdString(), choice](ledger::Home& home) {
        return ledger::resolve(home, record, field, choice);
    });
}

void DifferenceModel::confirm() {
    const bool isMade = m_shown.kind == DifferenceKind::merged || m_shown.kind == DifferenceKind::overruled;
    if (!m_isReady || m_isSaving || m_isChanged || !isMade) {
        return;
    }
    save([record = m_record, field = m_field.toStdString(), listed = m_shown.listed](ledger::Home& home) {
        return ledger::confirm(home, record, field, listed);
    });
}

void DifferenceModel::save(const std::function<Result<sync::EditAnswer>(ledger::Home&)>& work) {
    m_isSaving = true;
    emit changed();
    m_store.edit<sync::EditAnswer>(this, work, [this](const Result<sync::EditAnswer>& answer) {
        m_isSaving = false;
        if (answer) {
            m_isDecided = true;
            emit changed();
            emit decided();
            return;
        }
        m_isChanged = answer.error().code == ErrorCode::changed;
        const Message message = MessageTable::of(answer.error().code);
        m_reading.again();
        emit changed();
        emit failed(message.what, message.next);
    });
}

QString DifferenceModel::kind() const {
    switch (m_shown.kind) {
    case DifferenceKind::none:
        return m_isReady ? QStringLiteral("settled") : QString();
    case DifferenceKind::conflict:
        return QStringLiteral("conflict");
    case DifferenceKind::merged:
        return QStringLiteral("merged");
    case DifferenceKind::overruled:
        return QStringLiteral("overruled");
    }
    return {};
}

QString DifferenceModel::whyText() const {
    switch (m_shown.why) {
    case WhyShown::onlyOne:
        return {};
    case WhyShown::firstInLog:
        return tr(
            "Shown now because it reached the county first. Everything else is kept until somebody decides.");
    case WhyShown::highestRank:
        return tr("Shown now because its author decides here and it reached the county first.");
    case WhyShown::rankStands:
        return tr("Shown because its author (the county office or the leading unit) decides here.");
    case WhyShown::sameSentence:
        return tr(
            "They changed the same sentence, so the texts could not be put together. Shown now is the one "
            "that reached the county first; the others are kept.");
    case WhyShown::putTogether:
        return tr("They changed different sentences, so the program has put both into one text.");
    case WhyShown::keptAlive:
        return tr(
            "One deleted the entry while another was still writing in it. It is kept until somebody "
            "decides.");
    }
    return {};
}

QString DifferenceModel::shownText() const {
    return valueText(m_shown.shown);
}

QVariantList DifferenceModel::shownRuns() const {
    return m_shown.shownRuns.size() > 1
               ? runsOf(m_shown.shownRuns)
               : oneRun(valueWords(m_shown.place.registerName, m_shown.field, m_shown.shown));
}

QString DifferenceModel::title() const {
    return toQt(m_shown.place.title);
}
QString DifferenceModel::place() const {
    return joined({fieldText(), toQt(m_shown.place.unitName), toQt(m_shown.place.detail)});
}
QString DifferenceModel::fieldText() const {
    return fieldTitle(m_shown.place.registerName, m_field.toStdString());
}
QString DifferenceModel::editor() const {
    return fieldEditor(m_shown.place.registerName, m_field.toStdString());
}
QStringList DifferenceModel::choices() const {
    return fieldChoices(m_shown.place.registerName, m_field.toStdString());
}
QString DifferenceModel::baseText() const {
    return valueWords(m_shown.place.registerName, m_field.toStdString(), m_shown.base);
}
QString DifferenceModel::recordId() const {
    return idText(m_record);
}
QString DifferenceModel::taskId() const {
    return idText(m_shown.place.task);
}
QString DifferenceModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString DifferenceModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
