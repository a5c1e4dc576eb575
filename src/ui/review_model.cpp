// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/review_model.h"

#include <algorithm>

#include "src/ui/format.h"
#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using nlohmann::json;
using office::ReviewOutcome;

static constexpr std::array<const char*, 3> kReviewFields{"verified_status", "verified_note",
                                                          "decided_status"};
// No field of a filing has this name: the office's draft stands beside the unit's own.
static constexpr std::string_view kReviewForm = "review";

ReviewModel::ReviewModel(HomeThread& reader, StoreThread& store, const Key& key, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_key(key),
      m_extension(reader, store, key.task, key.unit, key.window, this),
      m_draft(
          store, [this] { return draftContent(); }, this),
      m_reading(reader, this) {
    connect(&m_draft, &DraftKeeper::stateChanged, this, &ReviewModel::changed);
    m_reading.define<Loaded>(
        [this] {
            return [key = m_key](ledger::Home& home) -> Result<Loaded> {
                Loaded loaded;
                HZ_TRY(loaded.view, office::reviewView(home, key.task, key.unit, key.window));
                HZ_TRY(loaded.draft,
                       ledger::loadDraft(home,
                                         ledger::draftSlot(loaded.view.filing.filing.record, kReviewForm)));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

const ledger::CellShown& ReviewModel::shown(std::size_t field) const {
    return field == 0 ? m_view.verifiedStatus : field == 1 ? m_view.verifiedNote : m_view.decidedStatus;
}

bool ReviewModel::isFieldDirty(std::size_t field) const {
    return m_typed[field] != valueText(m_contexts[field].base);
}

void ReviewModel::show(std::size_t field) {
    m_contexts[field] = FieldContext::of(shown(field));
    m_typed[field] = valueText(shown(field).value);
}

void ReviewModel::take(Result<Loaded> loaded) {
    if (!loaded) {
        m_error = loaded.error();
        m_isReady = true;
        emit changed();
        return;
    }
    m_error.reset();
    m_view = std::move(loaded->view);
    for (std::size_t field = 0; field < kFields; ++field) {
        if (!m_isReady || m_isShowingSaved || (!m_isSaving && !isFieldDirty(field))) {
            show(field);
        }
    }
    if (m_isShowingSaved) {
        m_isShowingSaved = false;
        m_isSaving = false;
    }
    if (!m_isReady) {
        m_draft.setSlot(ledger::draftSlot(filing().record, kReviewForm));
        if (loaded->draft) {
            restore(*loaded->draft);
        }
    }
    m_isReady = true;
    emit changed();
}

json ReviewModel::draftContent() const {
    json fields = json::object();
    for (std::size_t field = 0; field < kFields; ++field) {
        if (isFieldDirty(field)) {
            fields[kReviewFields[field]] = {{"context", m_contexts[field].toJson()},
                                            {"typed", m_typed[field].toStdString()}};
        }
    }
    return {{"form", kReviewForm}, {"record", filing().record.hex()}, {"fields", std::move(fields)}};
}

void ReviewModel::restore(const ledger::Draft& draft) {
    const json fields = draft.content.value("fields", json::object());
    for (std::size_t field = 0; field < kFields; ++field) {
        const json kept = fields.value(kReviewFields[field], json::object());
        auto context = FieldContext::fromJson(kept.value("context", json()));
        const json typed = kept.value("typed", json());
        if (context && typed.is_string()) {
            m_contexts[field] = std::move(*context);
            m_typed[field] = valueText(typed);
        }
    }
    m_draft.adopt(draft);
    m_isDraftRestored = isDirty();
    if (!m_isDraftRestored) {
        m_draft.discard();
    }
}

void ReviewModel::keepDraft() {
    if (isDirty()) {
        m_draft.touch();
    } else {
        m_draft.discard();
        m_isDraftRestored = false;
    }
}

void ReviewModel::discardDraft() {
    if (!m_isSaving) {
        for (std::size_t field = 0; field < kFields; ++field) {
            show(field);
        }
        keepDraft();
        emit changed();
    }
}

void ReviewModel::type(std::size_t field, const QString& value) {
    if (!m_isSaving && m_typed[field] != value) {
        m_typed[field] = value;
        keepDraft();
        emit changed();
    }
}

void ReviewModel::takeNewer() {
    for (std::size_t field = 0; field < kFields; ++field) {
        if (m_contexts[field].isNewer(shown(field))) {
            show(field);
        }
    }
    keepDraft();
    emit changed();
}

void ReviewModel::send(ReviewOutcome outcome, const QString& reason, const QString& word) {
    office::ReviewRequest request{.task = m_key.task, .unit = m_key.unit, .window = m_key.window};
    request.outcome = outcome;
    request.reason = reason.trimmed().toStdString();
    request.fingerprint = m_view.fingerprint;
    const std::array targets{&request.verifiedStatus, &request.verifiedNote, &request.decidedStatus};
    for (std::size_t field = 0; field < kFields; ++field) {
        if (isFieldDirty(field)) {
            *targets[field] = m_typed[field].toStdString();
            request.seen[kReviewFields[field]] = m_contexts[field].seen;
        }
    }
    m_draft.flush();
    m_isSaving = true;
    emit changed();
    m_store.edit<bool>(
        this,
        [request, slot = m_draft.slot(), draft = m_draft.id()](ledger::Home& home) -> Result<bool> {
            return writeDraft(home, slot, draft, [&]() -> Result<bool> {
                HZ_CHECK(office::review(home, request));
                return true;
            });
        },
        [this, word](const Result<bool>& answer) {
            if (answer) {
                m_draft.forget();
                m_isDraftRestored = false;
                m_isShowingSaved = true;
                emit done(word);
            } else {
                m_isSaving = false;
                emit changed();
                const Message message = MessageTable::of(answer.error().code);
                emit failed(message.what, message.next);
            }
            m_reading.anew();
        });
}

void ReviewModel::save() {
    if (canSave()) {
        send(ReviewOutcome::none, {}, QStringLiteral("saved"));
    }
}

void ReviewModel::approve() {
    if (canApprove()) {
        send(ReviewOutcome::approve, {}, QStringLiteral("approved"));
    }
}

void ReviewModel::giveBack(const QString& reason) {
    if (canReturn() && !reason.trimmed().isEmpty()) {
        send(ReviewOutcome::giveBack, reason, QStringLiteral("returned"));
    }
}

bool ReviewModel::hasNewer() const {
    for (std::size_t field = 0; field < kFields; ++field) {
        if (isFieldDirty(field) && m_contexts[field].isNewer(shown(field))) {
            return true;
        }
    }
    return false;
}

bool ReviewModel::isDirty() const {
    return isFieldDirty(0) || isFieldDirty(1) || isFieldDirty(2);
}

// What is verified is a filing; what is decided is the task's, filed or not.
bool ReviewModel::canSave() const {
    return m_isReady && !m_isSaving && isDirty() && (isThere() || (!isFieldDirty(0) && !isFieldDirty(1)));
}

bool ReviewModel::canApprove() const {
    const bool isOpen = !isApproved() || !filing().returned.empty();
    return isThere() && !m_isSaving && filing().state == ledger::FilingState::submitted && isOpen;
}

QString ReviewModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString ReviewModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}
QString ReviewModel::taskItem() const {
    return joined({toQt(m_view.filing.taskNumber), toQt(m_view.filing.taskItem)});
}
QString ReviewModel::taskContent() const {
    return toQt(m_view.filing.taskContent);
}
QString ReviewModel::taskDue() const {
    return Format::date(toQt(m_view.filing.taskDue));
}
QString ReviewModel::unitName() const {
    return toQt(filing().unitName);
}
QString ReviewModel::windowLine() const {
    return joined({unitName(), toQt(filing().windowTitle), Format::date(toQt(filing().windowCloses))});
}
QString ReviewModel::text() const {
    return valueText(filing().text.value);
}
QString ReviewModel::status() const {
    return valueText(filing().status.value);
}
QString ReviewModel::percentText() const {
    const auto& percent = filing().percent.value;
    return percent.is_number_integer() ? Format::percent(percent.get<int>()) : QString();
}
QString ReviewModel::authorText() const {
    return ui::authorText(filing().text);
}
QString ReviewModel::filingState() const {
    return filingStateWord(filing().state);
}
QString ReviewModel::previousText() const {
    return m_view.filing.previous ? valueText(m_view.filing.previous->text.value) : QString();
}
QString ReviewModel::previousWindow() const {
    return m_view.filing.previous ? toQt(m_view.filing.previous->windowTitle) : QString();
}
QString ReviewModel::returnedReason() const {
    return toQt(filing().returned);
}

}  // namespace hezhang::ui
