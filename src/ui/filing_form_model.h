// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One filing, open in a form: what a unit reports of a task in a window.
//
// The context of the edit is what the form showed when it was opened (or when its draft was begun), never
// what happens to stand there when it is saved. A value that arrives meanwhile is shown beside the own text
// (…Newer) and counts as seen after markSeen(). A field nobody has touched follows what arrives.
//
// For QML:
//   isReady; errorWhat, errorNext: of the reading or the last save
//   heading (unit, window and its date in one line)
//   taskItem, taskContent, taskDue (text), unitName, windowTitle, windowCloses (text), isWindowOpen, isOwn:
//   may be edited here filingState: none unsubmitted changed submitted · progress: of the last own edit:
//   draft local received applied aside or empty ·
//     asideWhat, asideNext · returnedReason
//   previousWindow, previousText, previousStatus (word), previousPercent (text): the window before; empty
//   where there is none text, status (word), percent (-1: none), countAdded: what is typed; count: what
//   stands. Setters do nothing while it is saved textState, statusState, percentState: empty single merged
//   conflict, of what stands in the ledger hasNewer; textNewer, statusNewer (word), percentNewer (text): the
//   values that arrived; newerBy: who wrote the latest evidence: EvidenceListModel extension:
//   ExtensionModel targets: TargetListModel, as they are for the unit of the filing isDirty; draftState: none
//   saving saved failed; isDraftRestored problems: why it cannot be submitted, warnings: what to look at;
//   canSave, canSubmit; isSaving canUndo: what stands is this home's own Calls: save(), submit(),
//   markSeen(field), takeNewer(field), addEvidence(url), removeEvidence(key), undo(field), discardDraft(),
//     where field is "text", "status" or "percent"; countTarget(target, done, cases), stateTarget(target,
//     percent): saved at once, apart from the form; target is the key of a row; of a window that is closed
//     they count outside of windows
//   Signals: saved(isSubmitted): it is durable; counted(): that is; failed(what, next); undone()
// Threads: the window's.
#pragma once

#include <QUrl>
#include <map>

#include "src/ledger/filing.h"
#include "src/ui/draft_keeper.h"
#include "src/ui/evidence_list_model.h"
#include "src/ui/extension_model.h"
#include "src/ui/field_context.h"
#include "src/ui/reading.h"
#include "src/ui/target_list_model.h"

namespace hezhang::ui {

class FilingFormModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString heading READ heading NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString taskItem READ taskItem NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString taskContent READ taskContent NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString taskDue READ taskDue NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString unitName READ unitName NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString windowTitle READ windowTitle NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString windowCloses READ windowCloses NOTIFY viewChanged FINAL)
    Q_PROPERTY(bool isWindowOpen READ isWindowOpen NOTIFY viewChanged FINAL)
    Q_PROPERTY(bool isOwn READ isOwn NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString filingState READ filingState NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString progress READ progress NOTIFY formChanged FINAL)
    Q_PROPERTY(QString asideWhat READ asideWhat NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString asideNext READ asideNext NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString returnedReason READ returnedReason NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString previousWindow READ previousWindow NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString previousText READ previousText NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString previousStatus READ previousStatus NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString previousPercent READ previousPercent NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString text READ text WRITE setText NOTIFY formChanged FINAL)
    Q_PROPERTY(QString status READ status WRITE setStatus NOTIFY formChanged FINAL)
    Q_PROPERTY(int percent READ percent WRITE setPercent NOTIFY formChanged FINAL)
    Q_PROPERTY(int countAdded READ countAdded WRITE setCountAdded NOTIFY formChanged FINAL)
    Q_PROPERTY(int count READ count NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString textState READ textState NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString statusState READ statusState NOTIFY viewChanged FINAL)
    Q_PROPERTY(QString percentState READ percentState NOTIFY viewChanged FINAL)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY formChanged FINAL)
    Q_PROPERTY(QString textNewer READ textNewer NOTIFY formChanged FINAL)
    Q_PROPERTY(QString statusNewer READ statusNewer NOTIFY formChanged FINAL)
    Q_PROPERTY(QString percentNewer READ percentNewer NOTIFY formChanged FINAL)
    Q_PROPERTY(QString newerBy READ newerBy NOTIFY formChanged FINAL)
    Q_PROPERTY(hezhang::ui::EvidenceListModel* evidence READ evidence CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ExtensionModel* extension READ extension CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::TargetListModel* targets READ targets CONSTANT FINAL)
    Q_PROPERTY(bool isDirty READ isDirty NOTIFY formChanged FINAL)
    Q_PROPERTY(QString draftState READ draftState NOTIFY draftStateChanged FINAL)
    Q_PROPERTY(bool isDraftRestored READ isDraftRestored NOTIFY formChanged FINAL)
    Q_PROPERTY(QStringList problems READ problems NOTIFY formChanged FINAL)
    Q_PROPERTY(QStringList warnings READ warnings NOTIFY formChanged FINAL)
    Q_PROPERTY(bool canSave READ canSave NOTIFY formChanged FINAL)
    Q_PROPERTY(bool canSubmit READ canSubmit NOTIFY formChanged FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY formChanged FINAL)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY viewChanged FINAL)
public:
    struct Key {
        RecordId task;
        RecordId unit;
        RecordId window;
    };
    FilingFormModel(HomeThread& reader, StoreThread& store, const QString& folder, const Key& key,
                    QObject* parent = nullptr);

    Q_INVOKABLE void save();
    Q_INVOKABLE void submit();
    Q_INVOKABLE void markSeen(const QString& field);
    Q_INVOKABLE void takeNewer(const QString& field);
    Q_INVOKABLE void addEvidence(const QUrl& file);
    Q_INVOKABLE void removeEvidence(const QString& key);
    Q_INVOKABLE void undo(const QString& field);
    Q_INVOKABLE void discardDraft();
    Q_INVOKABLE void countTarget(const QString& target, int done, int cases);
    Q_INVOKABLE void stateTarget(const QString& target, int percent);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString taskItem() const;
    [[nodiscard]] QString taskContent() const;
    [[nodiscard]] QString taskDue() const;
    [[nodiscard]] QString unitName() const;
    [[nodiscard]] QString windowTitle() const;
    [[nodiscard]] QString windowCloses() const;
    [[nodiscard]] bool isWindowOpen() const { return m_view.isWindowOpen; }
    [[nodiscard]] bool isOwn() const { return m_view.filing.isOwn; }
    [[nodiscard]] QString filingState() const;
    [[nodiscard]] QString progress() const;
    [[nodiscard]] QString asideWhat() const;
    [[nodiscard]] QString asideNext() const;
    [[nodiscard]] QString returnedReason() const;
    [[nodiscard]] QString previousWindow() const;
    [[nodiscard]] QString previousText() const;
    [[nodiscard]] QString previousStatus() const;
    [[nodiscard]] QString previousPercent() const;
    [[nodiscard]] QString text() const { return m_form.text; }
    [[nodiscard]] QString status() const { return m_form.status; }
    [[nodiscard]] int percent() const { return m_form.percent; }
    [[nodiscard]] int countAdded() const { return m_form.countAdded; }
    [[nodiscard]] int count() const { return static_cast<int>(m_view.filing.count); }
    [[nodiscard]] QString textState() const;
    [[nodiscard]] QString statusState() const;
    [[nodiscard]] QString percentState() const;
    [[nodiscard]] bool hasNewer() const;
    [[nodiscard]] QString textNewer() const;
    [[nodiscard]] QString statusNewer() const;
    [[nodiscard]] QString percentNewer() const;
    [[nodiscard]] QString newerBy() const;
    [[nodiscard]] EvidenceListModel* evidence() { return &m_evidence; }
    [[nodiscard]] ExtensionModel* extension() { return &m_extension; }
    [[nodiscard]] TargetListModel* targets() { return &m_targets; }
    [[nodiscard]] bool isDirty() const;
    [[nodiscard]] QString draftState() const { return m_draft.state(); }
    [[nodiscard]] bool isDraftRestored() const { return m_isDraftRestored; }
    [[nodiscard]] QStringList problems() const;
    [[nodiscard]] QStringList warnings() const;
    [[nodiscard]] bool canSave() const;
    [[nodiscard]] bool canSubmit() const {
        return isOwn() && !m_isSaving && m_isReady && problems().isEmpty();
    }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    [[nodiscard]] bool canUndo() const;

    void setText(const QString& value);
    void setStatus(const QString& value);
    void setPercent(int value);
    void setCountAdded(int value);

signals:
    void viewChanged();
    void formChanged();
    void draftStateChanged();
    void saved(bool isSubmitted);
    void counted();
    void undone();
    void failed(const QString& what, const QString& next);

private:
    enum class Field { text, status, percent };
    struct Form {
        QString text;
        QString status;
        int percent = -1;
        int countAdded = 0;
        QStringList evidence;  // paths of the draft's files
        bool operator==(const Form&) const = default;
    };
    struct Loaded {
        ledger::FilingView view;
        std::optional<ledger::Draft> draft;
        std::vector<Row> targets;
    };
    static constexpr std::array kFields{Field::text, Field::status, Field::percent};

    [[nodiscard]] static std::optional<Field> fieldNamed(const QString& name);
    [[nodiscard]] const ledger::CellShown& cell(Field field) const;
    [[nodiscard]] FieldContext& context(Field field) { return m_contexts[static_cast<std::size_t>(field)]; }
    [[nodiscard]] const FieldContext& context(Field field) const {
        return m_contexts[static_cast<std::size_t>(field)];
    }
    [[nodiscard]] nlohmann::json formValue(Field field) const;
    void setFormValue(Field field, const nlohmann::json& value);
    [[nodiscard]] bool isFieldDirty(Field field) const;
    [[nodiscard]] bool isNewer(Field field) const;
    void take(Result<Loaded> loaded);
    void showAgain();
    void restore(const ledger::Draft& draft);
    [[nodiscard]] nlohmann::json draftContent() const;
    void touched();
    void send(bool isSubmitted);
    void onSent(bool isSubmitted, const Result<ledger::FilingAnswer>& answer);
    void tally(ledger::TallyEdit edit);
    void sayFailed(const Error& error);
    void showEvidence();

    StoreThread& m_store;
    QString m_folder;
    Key m_key;
    ledger::FilingView m_view;
    std::array<FieldContext, 3> m_contexts;
    Form m_form;
    EvidenceListModel m_evidence;
    ExtensionModel m_extension;
    TargetListModel m_targets;
    DraftKeeper m_draft;
    Reading m_reading;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isSaving = false;
    bool m_isShowingSaved = false;  // after a save: the next reading shows what it saved
    bool m_isDraftRestored = false;
};

}  // namespace hezhang::ui
