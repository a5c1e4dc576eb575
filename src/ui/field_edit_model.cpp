// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/field_edit_model.h"

#include "src/ui/message_table.h"
#include "src/ui/words.h"

namespace hezhang::ui {

using nlohmann::json;

FieldEditModel::FieldEditModel(HomeThread& reader, StoreThread& store, const RecordId& record,
                               const QString& field, QObject* parent)
    : QObject(parent),
      m_store(store),
      m_record(record),
      m_field(field),
      m_draft(
          store,
          [this] {
              json content{{"form", "field"}, {"record", m_record.hex()}, {"field", m_field.toStdString()}};
              content["context"] = m_context.toJson();
              content["typed"] = m_typed.toStdString();
              return content;
          },
          this),
      m_reading(reader, this) {
    m_draft.setSlot(ledger::draftSlot(record, field.toStdString()));
    connect(&m_draft, &DraftKeeper::stateChanged, this, &FieldEditModel::changed);
    m_reading.define<Loaded>(
        [this] {
            return [record = m_record, name = m_field.toStdString(),
                    slot = m_draft.slot()](ledger::Home& home) -> Result<Loaded> {
                HZ_TRY(const std::optional<sync::RecordRow> row, home.store().record(record));
                if (!row) {
                    return fail(ErrorCode::unknownRecord, "the record is not here");
                }
                Loaded loaded;
                HZ_TRY(loaded.shown, ledger::shownCell(home, *row, name));
                HZ_TRY(loaded.draft, ledger::loadDraft(home, slot));
                return loaded;
            };
        },
        [this](Result<Loaded> loaded) { take(std::move(loaded)); });
    m_reading.again();
}

void FieldEditModel::take(Result<Loaded> loaded) {
    if (!loaded) {
        m_error = loaded.error();
        m_isSaving = m_isSaving && !m_isShowingSaved;
        emit changed();
        return;
    }
    m_error.reset();
    m_shown = std::move(loaded->shown);
    if (!m_isReady) {
        m_isReady = true;
        show();
        if (loaded->draft) {
            restore(*loaded->draft);
        }
    } else if (m_isShowingSaved || (!m_isSaving && !isDirty())) {
        show();
        m_isSaving = false;
        m_isShowingSaved = false;
    }
    emit changed();
}

void FieldEditModel::show() {
    m_context = FieldContext::of(m_shown);
    m_typed = valueText(m_shown.value);
}

void FieldEditModel::restore(const ledger::Draft& draft) {
    auto context = FieldContext::fromJson(draft.content.value("context", json()));
    const json typed = draft.content.value("typed", json());
    if (!context || !typed.is_string()) {
        return;
    }
    m_context = std::move(*context);
    m_typed = valueText(typed);
    m_draft.adopt(draft);
    m_isDraftRestored = isDirty();
    if (!m_isDraftRestored) {
        m_draft.discard();
    }
}

bool FieldEditModel::isDirty() const {
    return m_typed != valueText(m_context.base);
}

void FieldEditModel::setValue(const QString& value) {
    if (!m_isSaving && m_typed != value) {
        m_typed = value;
        m_draft.touch();
        emit changed();
    }
}

void FieldEditModel::markSeen() {
    if (hasNewer()) {
        m_context.look(m_shown);
        m_draft.touch();
        emit changed();
    }
}

void FieldEditModel::takeNewer() {
    if (hasNewer() && !m_isSaving) {
        show();
        m_draft.discard();
        m_isDraftRestored = false;
        emit changed();
    }
}

void FieldEditModel::save() {
    if (!canSave()) {
        return;
    }
    ledger::EditRequest request;
    request.record = m_record;
    request.field = m_field.toStdString();
    request.json = m_typed.toStdString();
    request.seen = m_context.seen;
    m_draft.flush();
    m_isSaving = true;
    emit changed();
    m_store.edit<sync::EditAnswer>(
        this,
        [request, slot = m_draft.slot(),
         draft = m_draft.id()](ledger::Home& home) -> Result<sync::EditAnswer> {
            return writeDraft(home, slot, draft, [&] { return home.edit(request); });
        },
        [this](const Result<sync::EditAnswer>& answer) {
            onDone(answer);
            if (answer) {
                m_draft.forget();
                emit saved();
            }
        });
}

void FieldEditModel::undo() {
    if (m_isSaving || isDirty()) {
        return;
    }
    m_isSaving = true;
    emit changed();
    m_store.edit<sync::EditAnswer>(
        this,
        [record = m_record, field = m_field.toStdString()](ledger::Home& home) {
            return ledger::undoLast(home, record, field);
        },
        [this](const Result<sync::EditAnswer>& answer) {
            onDone(answer);
            if (answer) {
                emit undone();
            }
        });
}

void FieldEditModel::onDone(const Result<sync::EditAnswer>& answer) {
    // Saving ends when the editor shows what it saved: until then its context is the old one.
    if (answer) {
        m_isShowingSaved = true;
        m_isDraftRestored = false;
    } else {
        m_isSaving = false;
        m_error = answer.error();
        emit failed(errorWhat(), errorNext());
    }
    m_reading.anew();
    emit changed();
}

void FieldEditModel::discardDraft() {
    if (!m_isSaving) {
        m_draft.discard();
        m_isDraftRestored = false;
        show();
        emit changed();
    }
}

bool FieldEditModel::canUndo() const {
    return m_shown.state == sync::CellState::single && m_shown.isOwn && !m_isSaving;
}

QString FieldEditModel::cellState() const {
    return cellStateWord(m_shown.state);
}
QString FieldEditModel::newer() const {
    return hasNewer() ? valueText(m_shown.value) : QString();
}
QString FieldEditModel::newerBy() const {
    return hasNewer() ? authorText(m_shown) : QString();
}
QString FieldEditModel::errorWhat() const {
    return m_error ? MessageTable::of(m_error->code).what : QString();
}
QString FieldEditModel::errorNext() const {
    return m_error ? MessageTable::of(m_error->code).next : QString();
}

}  // namespace hezhang::ui
