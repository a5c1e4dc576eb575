// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The form of a look at one task of a unit at a place, or of the second look at an open check. What is typed
// is kept as a draft and comes back after a crash; saving makes the ops and is answered when they are
// durable.
//
// For QML:
//   isReady · isRecheck · taskItem, heading, taskContent, taskIndicator · claimText, claimStatus,
//   claimPercent, claimWindow, hasClaim: what the unit says of itself · before: what was found of this task
//   and unit (CheckListModel) · result: yes no na, of a second look yes (put right) and no · finding ·
//   lines: what the indicator asks to look at (CheckLineListModel; of a second look none); targets: what the
//   unit has counted, a line each · rectifyDue (ISO), rectifyProblem: why the date cannot be · photos
//   (EvidenceListModel) · isDirty, isDraftRestored, isSaving, canSave
// Calls:  markLine(key, result): the same once more takes it back; addPhoto(url), removePhoto(key),
// rectifyIn(days), save(), discardDraft() · Signals: saved(), failed(what, next) Limits: a photo is made
// small and loses where it was taken: photo.h. Threads: the window's.
#pragma once

#include <QMap>
#include <QUrl>

#include "src/office/checks.h"
#include "src/office/worksheet.h"
#include "src/ui/check_line_list_model.h"
#include "src/ui/check_list_model.h"
#include "src/ui/draft_keeper.h"
#include "src/ui/evidence_list_model.h"
#include "src/ui/reading.h"

namespace hezhang::ui {

class CheckFormModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isRecheck READ isRecheck CONSTANT FINAL)
    Q_PROPERTY(QString taskItem READ taskItem NOTIFY changed FINAL)
    Q_PROPERTY(QString heading READ heading NOTIFY changed FINAL)
    Q_PROPERTY(QString taskContent READ taskContent NOTIFY changed FINAL)
    Q_PROPERTY(QString taskIndicator READ taskIndicator NOTIFY changed FINAL)
    Q_PROPERTY(bool hasClaim READ hasClaim NOTIFY changed FINAL)
    Q_PROPERTY(QString claimText READ claimText NOTIFY changed FINAL)
    Q_PROPERTY(QString claimStatus READ claimStatus NOTIFY changed FINAL)
    Q_PROPERTY(QString claimPercent READ claimPercent NOTIFY changed FINAL)
    Q_PROPERTY(QString claimWindow READ claimWindow NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::CheckListModel* before READ before CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::CheckLineListModel* lines READ lines CONSTANT FINAL)
    Q_PROPERTY(QString targets READ targets NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::EvidenceListModel* photos READ photos CONSTANT FINAL)
    Q_PROPERTY(QString result READ result WRITE setResult NOTIFY changed FINAL)
    Q_PROPERTY(QString finding READ finding WRITE setFinding NOTIFY changed FINAL)
    Q_PROPERTY(QString rectifyDue READ rectifyDue WRITE setRectifyDue NOTIFY changed FINAL)
    Q_PROPERTY(QString rectifyProblem READ rectifyProblem NOTIFY changed FINAL)
    Q_PROPERTY(bool isDraftRestored READ isDraftRestored NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
    Q_PROPERTY(bool canSave READ canSave NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    struct Key {
        RecordId task;
        RecordId unit;
        RecordId place;  // none: no place
        RecordId check;  // of a second look: the check it is about
    };
    CheckFormModel(HomeThread& reader, StoreThread& store, QString folder, const Key& key,
                   QObject* parent = nullptr);

    Q_INVOKABLE void markLine(const QString& key, const QString& result);
    Q_INVOKABLE void addPhoto(const QUrl& file);
    Q_INVOKABLE void removePhoto(const QString& key);
    Q_INVOKABLE void rectifyIn(int days);
    Q_INVOKABLE void save();
    Q_INVOKABLE void discardDraft();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isRecheck() const { return !m_key.check.isNone(); }
    [[nodiscard]] QString taskItem() const;
    [[nodiscard]] QString heading() const;
    [[nodiscard]] QString taskContent() const;
    [[nodiscard]] QString taskIndicator() const;
    [[nodiscard]] bool hasClaim() const { return m_context.claim.has_value(); }
    [[nodiscard]] QString claimText() const;
    [[nodiscard]] QString claimStatus() const;
    [[nodiscard]] QString claimPercent() const;
    [[nodiscard]] QString claimWindow() const;
    [[nodiscard]] CheckListModel* before() { return &m_before; }
    [[nodiscard]] CheckLineListModel* lines() { return &m_lines; }
    [[nodiscard]] QString targets() const;
    [[nodiscard]] EvidenceListModel* photos() { return &m_photos; }
    [[nodiscard]] QString result() const { return m_form.result; }
    [[nodiscard]] QString finding() const { return m_form.finding; }
    [[nodiscard]] QString rectifyDue() const { return m_form.rectifyDue; }
    void setResult(const QString& value) { set(m_form.result, value); }
    void setFinding(const QString& value) { set(m_form.finding, value); }
    void setRectifyDue(const QString& value) { set(m_form.rectifyDue, value); }
    [[nodiscard]] QString rectifyProblem() const;
    [[nodiscard]] bool isDraftRestored() const { return m_isDraftRestored; }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    [[nodiscard]] bool canSave() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void changed();
    void saved();
    void failed(const QString& what, const QString& next);

private:
    struct Form {
        QString result;
        QString finding;
        QString rectifyDue;
        QMap<QString, QString> lines;  // result by key
        QStringList photos;            // paths in the draft's folder
        bool operator==(const Form&) const = default;
    };
    struct Loaded {
        office::CheckContext context;
        office::Worksheet sheet;
        std::optional<office::RecheckShown> shown;  // of a second look
        std::optional<ledger::Draft> draft;
    };
    void set(QString& field, const QString& value);
    void take(Result<Loaded> loaded);
    void restore(const ledger::Draft& draft);
    [[nodiscard]] nlohmann::json draftContent() const;
    void touched();
    void showPhotos();
    void showLines();
    void sayFailed(const Error& error);

    StoreThread& m_store;
    QString m_folder;
    Key m_key;
    office::CheckContext m_context;
    office::Worksheet m_sheet;
    // The context of a second look: of the moment when the form was opened or its draft was begun. While
    // nothing is typed it follows what arrives.
    std::optional<office::RecheckShown> m_shown;
    Form m_form;
    CheckListModel m_before;
    CheckLineListModel m_lines;
    EvidenceListModel m_photos;
    DraftKeeper m_draft;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isSaving = false;
    bool m_isDraftRestored = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
