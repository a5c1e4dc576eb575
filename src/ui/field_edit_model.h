// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One assign cell of a record, open in an editor: a task's joint text or joint status, and whatever else is
// edited by itself. Context, newer values and drafts are those of filing_form_model.h.
//
// For QML:
//   isReady · value: what is typed (text, or the word of a choice) · cellState: empty single merged conflict
//   hasNewer, newer, newerBy · isDirty, draftState, isDraftRestored · isSaving · canSave · canUndo ·
//   errorWhat, errorNext Calls: save(), markSeen(), takeNewer(), undo(), discardDraft() · Signals: saved(),
//   undone(), failed(what, next)
// Threads: the window's.
#pragma once

#include <QQmlEngine>

#include "src/ui/draft_keeper.h"
#include "src/ui/field_context.h"
#include "src/ui/reading.h"

namespace hezhang::ui {

class FieldEditModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QString value READ value WRITE setValue NOTIFY changed FINAL)
    Q_PROPERTY(QString cellState READ cellState NOTIFY changed FINAL)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY changed FINAL)
    Q_PROPERTY(QString newer READ newer NOTIFY changed FINAL)
    Q_PROPERTY(QString newerBy READ newerBy NOTIFY changed FINAL)
    Q_PROPERTY(bool isDirty READ isDirty NOTIFY changed FINAL)
    Q_PROPERTY(QString draftState READ draftState NOTIFY changed FINAL)
    Q_PROPERTY(bool isDraftRestored READ isDraftRestored NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
    Q_PROPERTY(bool canSave READ canSave NOTIFY changed FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    FieldEditModel(HomeThread& reader, StoreThread& store, const RecordId& record, const QString& field,
                   QObject* parent = nullptr);

    Q_INVOKABLE void save();
    Q_INVOKABLE void markSeen();
    Q_INVOKABLE void takeNewer();
    Q_INVOKABLE void undo();
    Q_INVOKABLE void discardDraft();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString value() const { return m_typed; }
    void setValue(const QString& value);
    [[nodiscard]] QString cellState() const;
    [[nodiscard]] bool hasNewer() const { return m_isReady && m_context.isNewer(m_shown); }
    [[nodiscard]] QString newer() const;
    [[nodiscard]] QString newerBy() const;
    [[nodiscard]] bool isDirty() const;
    [[nodiscard]] QString draftState() const { return m_draft.state(); }
    [[nodiscard]] bool isDraftRestored() const { return m_isDraftRestored; }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    [[nodiscard]] bool canSave() const { return m_isReady && !m_isSaving && isDirty(); }
    [[nodiscard]] bool canUndo() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void changed();
    void saved();
    void undone();
    void failed(const QString& what, const QString& next);

private:
    struct Loaded {
        ledger::CellShown shown;
        std::optional<ledger::Draft> draft;
    };
    void take(Result<Loaded> loaded);
    void show();
    void restore(const ledger::Draft& draft);
    void onDone(const Result<sync::EditAnswer>& answer);

    StoreThread& m_store;
    RecordId m_record;
    QString m_field;
    ledger::CellShown m_shown;
    FieldContext m_context;
    QString m_typed;
    DraftKeeper m_draft;
    Reading m_reading;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isSaving = false;
    bool m_isShowingSaved = false;
    bool m_isDraftRestored = false;
};

}  // namespace hezhang::ui
