// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One filing before the office. What is typed has the context of what was shown when it was begun; a field
// nobody has touched follows what arrives. Approving and returning are of what is on the screen: where the
// unit has edited it since, they fail and say so.
//
// For QML:
//   isReady, isThere (something was filed); errorWhat, errorNext: of the reading
//   filingId · taskItem, taskContent, taskDue (text), unitName, windowLine · text, status (word),
//   percentText, count (int), evidenceCount, evidenceHere (int; of the files, how many are on this device),
//     authorText, filingState (word), previousText, previousWindow
//   returnedReason (while it is not answered), isApproved, editsSinceApproval (int; 0 where it was never
//   approved or is as it stands)
//   verifiedStatus (word), verifiedNote, decidedStatus (word): what is typed; setters do nothing while it is
//   saved hasNewer: somebody else has changed one of the three meanwhile; takeNewer(): shows theirs instead
//   of what was typed isDirty, isSaving, canSave, canApprove, canReturn
//   extension: ExtensionModel
//   draftState (draft_keeper.h), isDraftRestored: what is typed is kept as a draft until it is saved
// Calls: save(), approve(), giveBack(reason), discardDraft(): approve and giveBack save what is typed too
// Signals: done(outcome): saved, approved or returned; durable. failed(what, next)
// Threads: the window's.
#pragma once

#include <QObject>
#include <QQmlEngine>

#include "src/office/review.h"
#include "src/ui/draft_keeper.h"
#include "src/ui/extension_model.h"
#include "src/ui/field_context.h"
#include "src/ui/reading.h"
#include "src/ui/store_thread.h"
#include "src/ui/words.h"

namespace hezhang::ui {

class ReviewModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isThere READ isThere NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString filingId READ filingId NOTIFY changed FINAL)
    Q_PROPERTY(QString taskItem READ taskItem NOTIFY changed FINAL)
    Q_PROPERTY(QString taskContent READ taskContent NOTIFY changed FINAL)
    Q_PROPERTY(QString taskDue READ taskDue NOTIFY changed FINAL)
    Q_PROPERTY(QString unitName READ unitName NOTIFY changed FINAL)
    Q_PROPERTY(QString windowLine READ windowLine NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QString status READ status NOTIFY changed FINAL)
    Q_PROPERTY(QString percentText READ percentText NOTIFY changed FINAL)
    Q_PROPERTY(int count READ count NOTIFY changed FINAL)
    Q_PROPERTY(int evidenceCount READ evidenceCount NOTIFY changed FINAL)
    Q_PROPERTY(int evidenceHere READ evidenceHere NOTIFY changed FINAL)
    Q_PROPERTY(QString authorText READ authorText NOTIFY changed FINAL)
    Q_PROPERTY(QString filingState READ filingState NOTIFY changed FINAL)
    Q_PROPERTY(QString previousText READ previousText NOTIFY changed FINAL)
    Q_PROPERTY(QString previousWindow READ previousWindow NOTIFY changed FINAL)
    Q_PROPERTY(QString returnedReason READ returnedReason NOTIFY changed FINAL)
    Q_PROPERTY(bool isApproved READ isApproved NOTIFY changed FINAL)
    Q_PROPERTY(int editsSinceApproval READ editsSinceApproval NOTIFY changed FINAL)
    Q_PROPERTY(QString verifiedStatus READ verifiedStatus WRITE setVerifiedStatus NOTIFY changed FINAL)
    Q_PROPERTY(QString verifiedNote READ verifiedNote WRITE setVerifiedNote NOTIFY changed FINAL)
    Q_PROPERTY(QString decidedStatus READ decidedStatus WRITE setDecidedStatus NOTIFY changed FINAL)
    Q_PROPERTY(bool hasNewer READ hasNewer NOTIFY changed FINAL)
    Q_PROPERTY(bool isDirty READ isDirty NOTIFY changed FINAL)
    Q_PROPERTY(QString draftState READ draftState NOTIFY changed FINAL)
    Q_PROPERTY(bool isDraftRestored READ isDraftRestored NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
    Q_PROPERTY(bool canSave READ canSave NOTIFY changed FINAL)
    Q_PROPERTY(bool canApprove READ canApprove NOTIFY changed FINAL)
    Q_PROPERTY(bool canReturn READ canReturn NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ExtensionModel* extension READ extension CONSTANT FINAL)
public:
    struct Key {
        RecordId task;
        RecordId unit;
        RecordId window;
    };
    ReviewModel(HomeThread& reader, StoreThread& store, const Key& key, QObject* parent = nullptr);

    Q_INVOKABLE void save();
    Q_INVOKABLE void approve();
    Q_INVOKABLE void giveBack(const QString& reason);
    Q_INVOKABLE void takeNewer();
    Q_INVOKABLE void discardDraft();

    [[nodiscard]] ExtensionModel* extension() { return &m_extension; }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isThere() const { return !m_view.fingerprint.empty(); }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString taskItem() const;
    [[nodiscard]] QString taskContent() const;
    [[nodiscard]] QString taskDue() const;
    [[nodiscard]] QString unitName() const;
    [[nodiscard]] QString windowLine() const;
    [[nodiscard]] QString text() const;
    [[nodiscard]] QString status() const;
    [[nodiscard]] QString percentText() const;
    [[nodiscard]] int count() const { return static_cast<int>(filing().count); }
    [[nodiscard]] int evidenceCount() const { return static_cast<int>(filing().evidence.size()); }
    [[nodiscard]] int evidenceHere() const { return static_cast<int>(filing().evidenceCounts.here); }
    [[nodiscard]] QString authorText() const;
    [[nodiscard]] QString filingState() const;
    [[nodiscard]] QString previousText() const;
    [[nodiscard]] QString previousWindow() const;
    [[nodiscard]] QString returnedReason() const;
    [[nodiscard]] bool isApproved() const { return filing().isApproved; }
    [[nodiscard]] int editsSinceApproval() const { return static_cast<int>(m_view.editsSinceApproval); }
    [[nodiscard]] QString filingId() const { return idText(filing().record); }
    [[nodiscard]] QString verifiedStatus() const { return m_typed[0]; }
    [[nodiscard]] QString verifiedNote() const { return m_typed[1]; }
    [[nodiscard]] QString decidedStatus() const { return m_typed[2]; }
    [[nodiscard]] bool hasNewer() const;
    [[nodiscard]] bool isDirty() const;
    [[nodiscard]] QString draftState() const { return m_draft.state(); }
    [[nodiscard]] bool isDraftRestored() const { return m_isDraftRestored; }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    [[nodiscard]] bool canSave() const;
    [[nodiscard]] bool canApprove() const;
    [[nodiscard]] bool canReturn() const { return isThere() && !m_isSaving; }

    void setVerifiedStatus(const QString& value) { type(0, value); }
    void setVerifiedNote(const QString& value) { type(1, value); }
    void setDecidedStatus(const QString& value) { type(2, value); }

signals:
    void changed();
    void done(const QString& outcome);
    void failed(const QString& what, const QString& next);

private:
    static constexpr std::size_t kFields = 3;  // verified_status, verified_note, decided_status
    struct Loaded {
        office::ReviewView view;
        std::optional<ledger::Draft> draft;
    };
    [[nodiscard]] const ledger::FilingRow& filing() const { return m_view.filing.filing; }
    [[nodiscard]] const ledger::CellShown& shown(std::size_t field) const;
    [[nodiscard]] bool isFieldDirty(std::size_t field) const;
    void type(std::size_t field, const QString& value);
    void show(std::size_t field);
    void take(Result<Loaded> loaded);
    void restore(const ledger::Draft& draft);
    [[nodiscard]] nlohmann::json draftContent() const;
    // After a change of what is typed: keeps it, or drops the draft when nothing is typed any more.
    void keepDraft();
    void send(office::ReviewOutcome outcome, const QString& reason, const QString& word);

    StoreThread& m_store;
    Key m_key;
    ExtensionModel m_extension;
    office::ReviewView m_view;
    std::array<FieldContext, kFields> m_contexts;
    std::array<QString, kFields> m_typed;
    DraftKeeper m_draft;
    bool m_isDraftRestored = false;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isSaving = false;
    bool m_isShowingSaved = false;  // the next reading shows what was saved
    Reading m_reading;
};

}  // namespace hezhang::ui
