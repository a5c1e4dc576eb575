// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/filing_form_model.h"

#include <QFileInfo>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/photo.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using ledger::CellShown;
using nlohmann::json;

FilingFormModel::FilingFormModel(HomeThread& reader, StoreThread& store, const QString& folder,
                                 const Key& key, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_folder(folder),
      m_key(key),
      m_evidence(this),
      m_extension(reader, store, key.task, key.unit, key.window, this),
      m_targets(this),
      m_draft(
          store, [this] { return draftContent(); }, this),
      m_reading(reader, this) {
    connect(&m_draft, &DraftKeeper::stateChanged, this, &FilingFormModel::draftStateChanged);
    m_reading.define<Loaded>(
        [this] {
            return [key = m_key](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.view, ledger::filingView(home, key.task, key.unit, key.window));
                HZ_TRY(loaded.draft, ledger::loadDraft(home, ledger::draftSlot(loaded.view.filing.record)));
                HZ_TRY(loaded.targets,
                       TargetListModel::read(home, key.task, loaded.view.filing.unit, key.window));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

// -- fields

std::optional<FilingFormModel::Field> FilingFormModel::fieldNamed(const QString& name) {
    if (name == QLatin1String("text")) {
        return Field::text;
    }
    if (name == QLatin1String("status")) {
        return Field::status;
    }
    return name == QLatin1String("percent") ? std::optional(Field::percent) : std::nullopt;
}

const CellShown& FilingFormModel::cell(Field field) const {
    switch (field) {
    case Field::text:
        return m_view.filing.text;
    case Field::status:
        return m_view.filing.status;
    case Field::percent:
        return m_view.filing.percent;
    }
    return m_view.filing.text;
}

// Null for nothing, so that an empty text and no text are the same.
json FilingFormModel::formValue(Field field) const {
    switch (field) {
    case Field::text:
        return m_form.text.isEmpty() ? json() : json(m_form.text.toStdString());
    case Field::status:
        return m_form.status.isEmpty() ? json() : json(m_form.status.toStdString());
    case Field::percent:
        return m_form.percent < 0 ? json() : json(m_form.percent);
    }
    return {};
}

void FilingFormModel::setFormValue(Field field, const json& value) {
    switch (field) {
    case Field::text:
        m_form.text = valueText(value);
        break;
    case Field::status:
        m_form.status = valueText(value);
        break;
    case Field::percent:
        m_form.percent = value.is_number_integer() ? value.get<int>() : -1;
        break;
    }
}

static json orNull(const json& value) {
    return value == json("") ? json() : value;
}

bool FilingFormModel::isFieldDirty(Field field) const {
    return formValue(field) != orNull(context(field).base);
}

bool FilingFormModel::isNewer(Field field) const {
    return m_isReady && context(field).isNewer(cell(field));
}

bool FilingFormModel::isDirty() const {
    return std::any_of(kFields.begin(), kFields.end(), [this](Field field) { return isFieldDirty(field); }) ||
           m_form.countAdded != 0 || !m_form.evidence.isEmpty();
}

void FilingFormModel::setText(const QString& value) {
    if (!m_isSaving && m_form.text != value) {
        m_form.text = value;
        touched();
    }
}

void FilingFormModel::setStatus(const QString& value) {
    if (!m_isSaving && m_form.status != value) {
        m_form.status = value;
        touched();
    }
}

void FilingFormModel::setPercent(int value) {
    if (!m_isSaving && m_form.percent != value) {
        m_form.percent = value;
        touched();
    }
}

void FilingFormModel::setCountAdded(int value) {
    if (!m_isSaving && m_form.countAdded != value) {
        m_form.countAdded = value;
        touched();
    }
}

void FilingFormModel::touched() {
    m_draft.touch();
    emit formChanged();
}

// -- what is read

void FilingFormModel::take(Result<Loaded> loaded) {
    if (!loaded) {
        m_error = loaded.error();
        m_isSaving = m_isSaving && !m_isShowingSaved;
        emit viewChanged();
        emit formChanged();
        return;
    }
    m_error.reset();
    m_targets.setRows(std::move(loaded->targets));
    const bool isFirst = !m_isReady;
    const RecordId record = loaded->view.filing.record;
    if (!isFirst && record != m_view.filing.record) {
        // The task was shared, or the unit merged. What was typed is on its way to the draft of the record it
        // was typed for, and stays there; an untouched form goes on with the other one.
        if (isDirty()) {
            return;
        }
        m_draft.setSlot(ledger::draftSlot(record));
    }
    m_view = std::move(loaded->view);
    if (isFirst) {
        m_isReady = true;
        m_draft.setSlot(ledger::draftSlot(m_view.filing.record));
        for (const Field field : kFields) {
            context(field) = FieldContext::of(cell(field));
            setFormValue(field, cell(field).value);
        }
        if (loaded->draft) {
            restore(*loaded->draft);
        }
    } else if (!m_isSaving || m_isShowingSaved) {
        m_isSaving = false;
        showAgain();
    }
    showEvidence();
    emit viewChanged();
    emit formChanged();
}

// A field nobody has touched shows what arrived, so its context is that; one that was typed into keeps its
// own.
void FilingFormModel::showAgain() {
    for (const Field field : kFields) {
        if (m_isShowingSaved || !isFieldDirty(field)) {
            context(field) = FieldContext::of(cell(field));
            setFormValue(field, cell(field).value);
        }
    }
    m_isShowingSaved = false;
}

void FilingFormModel::restore(const ledger::Draft& draft) {
    const json& content = draft.content;
    static constexpr std::array kNames{"text", "status", "percent"};
    for (const Field field : kFields) {
        const char* name = kNames[static_cast<std::size_t>(field)];
        const json stored = content.value(name, json::object());
        if (auto before = FieldContext::fromJson(stored)) {
            context(field) = std::move(*before);
            setFormValue(field, stored.value("typed", json()));
        }
    }
    const json added = content.value("countAdded", json(0));
    m_form.countAdded = added.is_number_integer() ? added.get<int>() : 0;
    for (const json& path : content.value("evidence", json::array())) {
        if (path.is_string() && QFileInfo::exists(valueText(path))) {
            m_form.evidence.append(valueText(path));
        }
    }
    m_draft.adopt(draft);
    m_isDraftRestored = isDirty();
    if (!m_isDraftRestored) {
        m_draft.discard();
    }
}

json FilingFormModel::draftContent() const {
    static constexpr std::array kNames{"text", "status", "percent"};
    json content{{"form", "filing"},
                 {"task", m_key.task.hex()},
                 {"unit", m_key.unit.hex()},
                 {"window", m_key.window.hex()},
                 {"countAdded", m_form.countAdded},
                 {"evidence", json::array()}};
    for (const Field field : kFields) {
        json stored = context(field).toJson();
        stored["typed"] = formValue(field);
        content[kNames[static_cast<std::size_t>(field)]] = std::move(stored);
    }
    for (const QString& path : m_form.evidence) {
        content["evidence"].push_back(path.toStdString());
    }
    return content;
}

// -- what arrived meanwhile

bool FilingFormModel::hasNewer() const {
    return std::any_of(kFields.begin(), kFields.end(), [this](Field field) { return isNewer(field); });
}

QString FilingFormModel::textNewer() const {
    return isNewer(Field::text) ? valueText(cell(Field::text).value) : QString();
}

QString FilingFormModel::statusNewer() const {
    return isNewer(Field::status) ? valueText(cell(Field::status).value) : QString();
}

QString FilingFormModel::percentNewer() const {
    return isNewer(Field::percent) && cell(Field::percent).value.is_number_integer()
               ? Format::percent(cell(Field::percent).value.get<int>())
               : QString();
}

QString FilingFormModel::newerBy() const {
    for (const Field field : kFields) {
        if (isNewer(field)) {
            return authorText(cell(field));
        }
    }
    return {};
}

void FilingFormModel::markSeen(const QString& name) {
    const auto field = fieldNamed(name);
    if (field && isNewer(*field)) {
        context(*field).look(cell(*field));
        touched();
    }
}

void FilingFormModel::takeNewer(const QString& name) {
    const auto field = fieldNamed(name);
    if (field && isNewer(*field) && !m_isSaving) {
        context(*field) = FieldContext::of(cell(*field));
        setFormValue(*field, cell(*field).value);
        touched();
    }
}

// -- evidence

void FilingFormModel::showEvidence() {
    QStringList saved;
    for (const std::string& name : m_view.filing.evidence) {
        saved.append(toQt(name));
    }
    m_evidence.show(m_folder, saved, m_form.evidence);
}

void FilingFormModel::addEvidence(const QUrl& file) {
    if (!m_isReady || m_isSaving) {
        return;
    }
    const QString path = file.isLocalFile() ? file.toLocalFile() : file.toString();
    const auto number = static_cast<int>(m_form.evidence.size()) + 1;
    m_store.ask<QString>(
        this,
        [path, number, slot = m_draft.slot()](ledger::Home& home) -> Result<QString> {
            HZ_TRY(const EvidenceFile evidence, readEvidence(path));
            // Two files may have one name.
            const std::string name = std::to_string(number) + "-" + evidence.name.toStdString();
            HZ_TRY(const std::string kept, ledger::saveDraftFile(home, slot, name, evidence.content));
            return toQt(ledger::draftFilePath(home, slot, kept));
        },
        [this](const Result<QString>& kept) {
            if (!kept) {
                sayFailed(kept.error());
                return;
            }
            m_form.evidence.append(*kept);
            showEvidence();
            touched();
        });
}

void FilingFormModel::removeEvidence(const QString& key) {
    if (!m_isSaving && m_form.evidence.removeAll(key) > 0) {
        showEvidence();
        touched();
    }
}

// -- validation

QStringList FilingFormModel::problems() const {
    QStringList found;
    if (m_form.text.trimmed().isEmpty()) {
        found.append(tr("Write what was done."));
    }
    if (m_form.status.isEmpty()) {
        found.append(tr("Pick a status."));
    }
    if (m_form.percent > 100) {
        found.append(tr("The percentage lies between 0 and 100."));
    }
    if (m_form.percent == 100 &&
        (m_form.status == QLatin1String("not-started") || m_form.status == QLatin1String("in-progress") ||
         m_form.status == QLatin1String("blocked"))) {
        found.append(tr("100% and “%1” contradict each other.").arg(Format::status(m_form.status)));
    }
    if (m_form.status == QLatin1String("done") && m_form.percent >= 0 && m_form.percent < 100) {
        found.append(tr("“%1” and %2 contradict each other.")
                         .arg(Format::status(m_form.status), Format::percent(m_form.percent)));
    }
    if (m_form.status == QLatin1String("not-started") && m_form.percent > 0 && m_form.percent < 100) {
        found.append(tr("“%1” and %2 contradict each other.")
                         .arg(Format::status(m_form.status), Format::percent(m_form.percent)));
    }
    if (!isDirty() && m_view.filing.state == ledger::FilingState::submitted) {
        found.append(tr("Nothing has changed since it was submitted."));
    }
    return found;
}

QStringList FilingFormModel::warnings() const {
    QStringList found;
    const bool isSameAsBefore = m_view.previous && !m_form.text.isEmpty() && m_form.text == previousText();
    if (isSameAsBefore) {
        found.append(tr("The text is the same as last time."));
    }
    for (int i = 0; m_form.status == QLatin1String("done") && i < m_targets.count(); ++i) {
        using Role = TargetListModel::Role;
        const Row& target = m_targets.row(i);
        const QString all = target.at(Role::allText).toString();
        const bool isOpen = !target.at(Role::isMet).toBool() && !target.at(Role::isDropped).toBool();
        if (isOpen && (target.at(Role::isCounted).toBool() || !all.isEmpty())) {
            found.append(tr("“%1”, but %2: %3")
                             .arg(Format::status(m_form.status), target.at(Role::words).toString(),
                                  all.isEmpty() ? target.at(Role::ownText).toString() : all));
        }
    }
    if (m_isReady && !m_view.isWindowOpen) {
        found.append(tr("The reporting window is closed: this goes in late."));
    }
    return found;
}

bool FilingFormModel::canSave() const {
    return isOwn() && !m_isSaving && m_isReady && isDirty() && m_form.percent <= 100;
}

// -- saving

void FilingFormModel::save() {
    if (canSave()) {
        send(false);
    }
}

void FilingFormModel::submit() {
    if (canSubmit()) {
        send(true);
    }
}

void FilingFormModel::send(bool isSubmitted) {
    ledger::FilingRequest request{.task = m_key.task, .unit = m_key.unit, .window = m_key.window};
    if (isFieldDirty(Field::text)) {
        request.text = m_form.text.toStdString();
        request.seen["text"] = context(Field::text).seen;
    }
    if (isFieldDirty(Field::status)) {
        request.status = m_form.status.toStdString();
        request.seen["status"] = context(Field::status).seen;
    }
    if (isFieldDirty(Field::percent) && m_form.percent >= 0) {
        request.percent = m_form.percent;
        request.seen["percent"] = context(Field::percent).seen;
    }
    if (m_form.countAdded != 0) {
        request.count = m_form.countAdded;
    }
    for (const QString& path : m_form.evidence) {
        request.evidence.push_back(path.toStdString());
    }
    request.isSubmitted = isSubmitted;
    if (!m_draft.id().isNone()) {
        request.draft = m_draft.id();
    }
    m_draft.flush();
    m_isSaving = true;
    emit formChanged();
    m_store.edit<ledger::FilingAnswer>(
        this,
        [request, slot = m_draft.slot()](ledger::Home& home) -> Result<ledger::FilingAnswer> {
            for (const std::string& path : request.evidence) {
                keepThumbnail(home, path);
            }
            HZ_TRY(const ledger::FilingAnswer answer, ledger::file(home, request));
            // It is saved: a draft that stays behind is known as done by its id.
            static_cast<void>(ledger::removeDraft(home, slot).has_value());
            return answer;
        },
        [this, isSubmitted](const Result<ledger::FilingAnswer>& answer) { onSent(isSubmitted, answer); });
}

void FilingFormModel::onSent(bool isSubmitted, const Result<ledger::FilingAnswer>& answer) {
    if (!answer) {
        m_isSaving = false;
        sayFailed(answer.error());
        emit formChanged();
        return;
    }
    // Saving ends when the form shows what it saved: until then its context is the old one.
    m_draft.forget();
    m_form.countAdded = 0;
    m_form.evidence.clear();
    m_isDraftRestored = false;
    m_isShowingSaved = true;
    m_reading.anew();
    emit formChanged();
    emit saved(isSubmitted);
}

void FilingFormModel::countTarget(const QString& target, int done, int cases) {
    tally({.target = target.toStdString(), .done = done, .cases = cases});
}

void FilingFormModel::stateTarget(const QString& target, int percent) {
    tally({.target = target.toStdString(), .percent = percent});
}

void FilingFormModel::tally(ledger::TallyEdit edit) {
    if (!m_isReady || !isOwn()) {
        return;
    }
    edit.task = m_key.task;
    edit.unit = m_view.filing.unit;
    edit.window = m_view.isWindowOpen ? m_key.window : RecordId{};
    m_store.edit<RecordId>(
        this, [edit](ledger::Home& home) { return ledger::tally(home, edit); },
        [this](const Result<RecordId>& answer) {
            if (!answer && answer.error().code == ErrorCode::badInput) {
                emit failed(tr("That would leave less than nothing, or more done than there are cases."),
                            tr("Correct the numbers and count again."));
            } else if (!answer) {
                sayFailed(answer.error());
            } else {
                m_reading.again();
                emit counted();
            }
        });
}

void FilingFormModel::undo(const QString& name) {
    if (!fieldNamed(name) || m_isSaving) {
        return;
    }
    m_isSaving = true;
    emit formChanged();
    m_store.edit<sync::EditAnswer>(
        this,
        [record = m_view.filing.record, field = name.toStdString()](ledger::Home& home) {
            return ledger::undoLast(home, record, field);
        },
        [this](const Result<sync::EditAnswer>& answer) {
            m_isSaving = false;
            if (!answer) {
                sayFailed(answer.error());
            } else {
                m_isShowingSaved = !isDirty();
                emit undone();
            }
            m_reading.anew();
            emit formChanged();
        });
}

void FilingFormModel::discardDraft() {
    if (m_isSaving) {
        return;
    }
    m_draft.discard();
    m_form.countAdded = 0;
    m_form.evidence.clear();
    m_isDraftRestored = false;
    for (const Field field : kFields) {
        context(field) = FieldContext::of(cell(field));
        setFormValue(field, cell(field).value);
    }
    showEvidence();
    emit formChanged();
}

bool FilingFormModel::canUndo() const {
    return isOwn() && !m_isSaving &&
           std::any_of(kFields.begin(), kFields.end(), [this](Field field) { return cell(field).isOwn; });
}

void FilingFormModel::sayFailed(const Error& error) {
    m_error = error;
    emit viewChanged();
    emit failed(errorWhat(), errorNext());
}

// -- words

QString FilingFormModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString FilingFormModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}
QString FilingFormModel::heading() const {
    return joined({unitName(), windowTitle(), windowCloses()});
}
QString FilingFormModel::taskItem() const {
    return toQt(m_view.taskItem);
}
QString FilingFormModel::taskContent() const {
    return toQt(m_view.taskContent);
}
QString FilingFormModel::taskDue() const {
    return Format::date(toQt(m_view.taskDue));
}
QString FilingFormModel::unitName() const {
    return toQt(m_view.filing.unitName);
}
QString FilingFormModel::windowTitle() const {
    return toQt(m_view.filing.windowTitle);
}
QString FilingFormModel::windowCloses() const {
    return Format::date(toQt(m_view.filing.windowCloses));
}
QString FilingFormModel::filingState() const {
    return filingStateWord(m_view.filing.state);
}
QString FilingFormModel::returnedReason() const {
    return toQt(m_view.filing.returned);
}
QString FilingFormModel::textState() const {
    return cellStateWord(cell(Field::text).state);
}
QString FilingFormModel::statusState() const {
    return cellStateWord(cell(Field::status).state);
}
QString FilingFormModel::percentState() const {
    return cellStateWord(cell(Field::percent).state);
}

QString FilingFormModel::progress() const {
    return isDirty() ? QStringLiteral("draft") : progressWord(m_view.progress.verdict);
}

QString FilingFormModel::asideWhat() const {
    return m_view.progress.reason.empty() ? QString()
                                          : MessageTable::ofReason(toQt(m_view.progress.reason)).what;
}

QString FilingFormModel::asideNext() const {
    return m_view.progress.reason.empty() ? QString()
                                          : MessageTable::ofReason(toQt(m_view.progress.reason)).next;
}

QString FilingFormModel::previousWindow() const {
    return m_view.previous ? toQt(m_view.previous->windowTitle) : QString();
}

QString FilingFormModel::previousText() const {
    return m_view.previous ? valueText(m_view.previous->text.value) : QString();
}

QString FilingFormModel::previousStatus() const {
    return m_view.previous ? valueText(m_view.previous->status.value) : QString();
}

QString FilingFormModel::previousPercent() const {
    const bool isThere = m_view.previous && m_view.previous->percent.value.is_number_integer();
    return isThere ? Format::percent(m_view.previous->percent.value.get<int>()) : QString();
}

}  // namespace hezhang::ui
