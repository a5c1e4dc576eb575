// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/check_form_model.h"

#include <QFileInfo>

#include "src/ledger/drafts.h"
#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/photo.h"
#include "src/ui/target_list_model.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using nlohmann::json;

// A second look belongs to its check; a first one to task and unit or place, so that two forms never share a
// draft.
static std::string slotOf(const CheckFormModel::Key& key) {
    if (!key.check.isNone()) {
        return ledger::draftSlot(key.check, "recheck");
    }
    return ledger::draftSlot(key.place.isNone() ? key.unit : key.place, "check-" + key.task.hex());
}

CheckFormModel::CheckFormModel(HomeThread& reader, StoreThread& store, QString folder, const Key& key,
                               QObject* parent)
    : QObject(parent),
      m_store(store),
      m_folder(std::move(folder)),
      m_key(key),
      m_before(this),
      m_lines(this),
      m_photos(this),
      m_draft(
          store, [this] { return draftContent(); }, this),
      m_reading(reader, this) {
    m_draft.setSlot(slotOf(key));
    m_reading.define<Loaded>(
        [this] {
            return [key = m_key, slot = m_draft.slot(),
                    today = Format::today().toString(Qt::ISODate).toStdString()](
                       ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.context, office::checkContext(home, key.task, key.unit, key.place, today));
                if (key.check.isNone()) {
                    HZ_TRY(loaded.sheet, office::worksheet(home, key.task, key.unit, today));
                } else {
                    HZ_TRY(loaded.shown, office::recheckShown(home, key.check));
                }
                HZ_TRY(loaded.draft, ledger::loadDraft(home, slot));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void CheckFormModel::take(Result<Loaded> loaded) {
    if (!loaded) {
        m_error = loaded.error();
        emit changed();
        return;
    }
    m_error.reset();
    m_context = std::move(loaded->context);
    m_sheet = std::move(loaded->sheet);
    m_before.setRows(CheckListModel::rowsOf(m_context.before));
    if (m_form == Form{}) {
        m_shown = std::move(loaded->shown);
    }
    if (!m_isReady) {
        m_isReady = true;
        if (loaded->draft) {
            restore(*loaded->draft);
        }
    }
    showLines();
    emit changed();
}

// As a draft keeps it.
static json jsonOf(const office::RecheckShown& shown) {
    return {{"finding", shown.finding}, {"seen", shown.seen}};
}

static std::optional<office::RecheckShown> shownOf(const json& stored) {
    office::RecheckShown shown;
    if (!stored.is_object() || !stored.contains("seen") || !stored["seen"].is_object()) {
        return std::nullopt;
    }
    shown.finding = valueText(stored.value("finding", json())).toStdString();
    for (const auto& [field, dots] : stored["seen"].items()) {
        for (const json& dot : dots) {
            if (!dot.is_string()) {
                return std::nullopt;
            }
            shown.seen[field].push_back(dot.get<std::string>());
        }
    }
    return shown;
}

void CheckFormModel::restore(const ledger::Draft& draft) {
    const auto text = [&](const char* name) { return valueText(draft.content.value(name, json())); };
    m_form.result = text("result");
    m_form.finding = text("finding");
    m_form.rectifyDue = text("rectifyDue");
    const json lines = draft.content.value("lines", json::object());
    if (lines.is_object()) {
        for (const auto& [key, result] : lines.items()) {
            m_form.lines[toQt(key)] = valueText(result);
        }
    }
    for (const json& path : draft.content.value("photos", json::array())) {
        if (path.is_string() && QFileInfo::exists(valueText(path))) {
            m_form.photos.append(valueText(path));
        }
    }
    if (auto shown = shownOf(draft.content.value("shown", json()))) {
        m_shown = std::move(shown);
    }
    m_draft.adopt(draft);
    m_isDraftRestored = m_form != Form{};
    showPhotos();
}

json CheckFormModel::draftContent() const {
    json content{{"form", "check"},
                 {"result", m_form.result.toStdString()},
                 {"finding", m_form.finding.toStdString()},
                 {"rectifyDue", m_form.rectifyDue.toStdString()},
                 {"lines", json::object()},
                 {"photos", json::array()}};
    for (const auto& [key, result] : m_form.lines.asKeyValueRange()) {
        content["lines"][key.toStdString()] = result.toStdString();
    }
    if (m_shown) {
        content["shown"] = jsonOf(*m_shown);
    }
    for (const QString& path : m_form.photos) {
        content["photos"].push_back(path.toStdString());
    }
    return content;
}

void CheckFormModel::touched() {
    m_draft.touch();
    emit changed();
}

void CheckFormModel::set(QString& field, const QString& value) {
    if (m_isReady && !m_isSaving && field != value) {
        field = value;
        touched();
    }
}

void CheckFormModel::markLine(const QString& key, const QString& result) {
    if (!m_isReady || m_isSaving) {
        return;
    }
    if (m_form.lines.value(key) == result) {
        m_form.lines.remove(key);
    } else {
        m_form.lines[key] = result;
    }
    showLines();
    touched();
}

void CheckFormModel::showLines() {
    m_lines.setRows(CheckLineListModel::rowsOf(m_sheet, m_form.lines));
}

QString CheckFormModel::targets() const {
    QStringList lines;
    for (const office::WorksheetTarget& one : m_sheet.targets) {
        const QString standing = TargetListModel::tallyText(one.target, one.tally);
        lines.append(one.isTogether ? tr("%1: %2, all units together").arg(toQt(one.target.words), standing)
                                    : tr("%1: %2").arg(toQt(one.target.words), standing));
    }
    return lines.join(QLatin1Char('\n'));
}

void CheckFormModel::rectifyIn(int days) {
    setRectifyDue(Format::today().addDays(days).toString(Qt::ISODate));
}

void CheckFormModel::showPhotos() {
    m_photos.show(m_folder, {}, m_form.photos);
}

void CheckFormModel::addPhoto(const QUrl& file) {
    if (!m_isReady || m_isSaving) {
        return;
    }
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    const auto number = static_cast<int>(m_form.photos.size()) + 1;
    m_store.ask<QString>(
        this,
        [path, number, slot = m_draft.slot()](ledger::Home& home) -> Result<QString> {
            HZ_TRY(const EvidenceFile photo, readEvidence(path));
            if (!photo.isPhoto) {
                return fail(ErrorCode::fileUnreadable, "the file is no picture");
            }
            // Two photos may have one name.
            const std::string name = std::to_string(number) + "-" + photo.name.toStdString();
            HZ_TRY(const std::string kept, ledger::saveDraftFile(home, slot, name, photo.content));
            return toQt(ledger::draftFilePath(home, slot, kept));
        },
        [this](const Result<QString>& kept) {
            if (!kept) {
                sayFailed(kept.error());
                return;
            }
            m_form.photos.append(*kept);
            showPhotos();
            touched();
        });
}

void CheckFormModel::removePhoto(const QString& key) {
    if (!m_isSaving && m_form.photos.removeAll(key) > 0) {
        showPhotos();
        touched();
    }
}

QString CheckFormModel::rectifyProblem() const {
    if (m_form.result != QLatin1String("no") || m_form.rectifyDue.isEmpty()) {
        return {};
    }
    const QDate date = QDate::fromString(m_form.rectifyDue, Qt::ISODate);
    if (!date.isValid()) {
        return tr("This is no date. Write it like 2026-08-31.");
    }
    return date < Format::today() ? tr("This day has passed.") : QString();
}

bool CheckFormModel::canSave() const {
    return m_isReady && !m_isSaving && !m_form.result.isEmpty() && rectifyProblem().isEmpty();
}

void CheckFormModel::save() {
    if (!canSave()) {
        return;
    }
    m_draft.flush();
    m_isSaving = true;
    emit changed();
    m_store.edit<bool>(
        this,
        [form = m_form, key = m_key, shown = m_shown, slot = m_draft.slot(), draft = m_draft.id(),
         today = Format::today().toString(Qt::ISODate).toStdString()](ledger::Home& home) -> Result<bool> {
            std::vector<std::string> photos;
            for (const QString& path : form.photos) {
                keepThumbnail(home, path.toStdString());
                HZ_TRY(std::string name, home.addBlob(path.toStdString()));
                photos.push_back(std::move(name));
            }
            const std::string finding = form.finding.trimmed().toStdString();
            const std::string due = form.rectifyDue.toStdString();
            return writeDraft(home, slot, draft, [&]() -> Result<bool> {
                if (!key.check.isNone()) {
                    const bool isRectified = form.result == QLatin1String("yes");
                    HZ_CHECK(
                        office::recheck(home, {key.check, isRectified, finding, photos, due, shown}, today));
                } else {
                    office::NewCheck check{key.task, key.unit, key.place, form.result.toStdString(),
                                           finding,  photos,   due,       {}};
                    for (const auto& [line, result] : form.lines.asKeyValueRange()) {
                        check.lines.push_back({result.toStdString(), line.toStdString()});
                    }
                    HZ_TRY([[maybe_unused]] const RecordId made, office::addCheck(home, check));
                }
                return true;
            });
        },
        [this](const Result<bool>& answer) {
            m_isSaving = false;
            if (!answer) {
                sayFailed(answer.error());
                emit changed();
                return;
            }
            m_draft.forget();
            m_form = {};
            m_isDraftRestored = false;
            showPhotos();
            showLines();
            m_reading.again();
            emit changed();
            emit saved();
        });
}

void CheckFormModel::discardDraft() {
    if (!m_isSaving) {
        m_draft.discard();
        m_form = {};
        m_isDraftRestored = false;
        showPhotos();
        showLines();
        m_reading.again();
        emit changed();
    }
}

void CheckFormModel::sayFailed(const Error& error) {
    const Message message = MessageTable::of(error.code);
    emit failed(message.what, message.next);
}

QString CheckFormModel::taskItem() const {
    return toQt(m_context.taskItem);
}
QString CheckFormModel::heading() const {
    return joined({toQt(m_context.taskNumber), toQt(m_context.unitName), toQt(m_context.placeName)});
}
QString CheckFormModel::taskContent() const {
    return toQt(m_context.taskContent);
}
QString CheckFormModel::taskIndicator() const {
    return toQt(m_context.taskIndicator);
}
QString CheckFormModel::claimText() const {
    return hasClaim() ? toQt(m_context.claim->text.text()) : QString();
}
QString CheckFormModel::claimStatus() const {
    return hasClaim() ? toQt(m_context.claim->status.text()) : QString();
}
QString CheckFormModel::claimPercent() const {
    const bool isThere = hasClaim() && m_context.claim->percent.value.is_number_integer();
    return isThere ? Format::percent(m_context.claim->percent.value.get<int>()) : QString();
}
QString CheckFormModel::claimWindow() const {
    return hasClaim() ? toQt(m_context.claim->windowTitle.empty() ? m_context.claim->windowCloses
                                                                  : m_context.claim->windowTitle)
                      : QString();
}
QString CheckFormModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString CheckFormModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
