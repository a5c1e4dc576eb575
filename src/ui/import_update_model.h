// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What a document that is being imported would change in a ledger that is there, and what the person decides
// about it. It is read anew whenever the document or the home changes; decisions stay while what they were
// made about stays.
//
// For QML:
//   isReady: it was read · isNew: the document makes a new ledger; else ledgerTitle names the one it updates
//   ledgerId can be set ("" for a new one); ledgers: ChoiceModel · addedCount, changedCount,
//   sameCount: tasks; keptCount: fields that keep a person's words against the document's
//   missing: ImportMissingListModel, tasks that the document lacks · errorWhat, errorNext
//   fields: ImportFieldListModel, of the task that is shown
//   candidates: ChoiceModel, what a new task that is shown may be in the ledger; sameTaskId: which it is
//   taken for ("": a new one), can be set · resembles: number of the task it resembles, or "" Calls:
//   take(field, isTaken), remove(taskId, isRemoved)
// Threads: the window's; the comparison is made in the reading thread.
#pragma once

#include "src/documents/ledger_import.h"
#include "src/ui/choice_model.h"
#include "src/ui/reading.h"
#include "src/ui/words.h"

namespace hezhang::ui {

// Roles: field, title, runs (for DiffText), isTaken, isEdited (a person has changed it), remark.
class ImportFieldListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of an import")
public:
    enum class Role { field = Qt::UserRole + 1, title, runs, isTaken, isEdited, remark };
    Q_ENUM(Role)
    explicit ImportFieldListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

// Roles: taskId, number, title, filings (int), isRemoved.
class ImportMissingListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of an import")
public:
    enum class Role { taskId = Qt::UserRole + 1, number, title, filings, isRemoved };
    Q_ENUM(Role)
    explicit ImportMissingListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

class ImportUpdateModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of an import")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isNew READ isNew NOTIFY changed FINAL)
    Q_PROPERTY(QString ledgerTitle READ ledgerTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString ledgerId READ ledgerId WRITE setLedgerId NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* ledgers READ ledgers CONSTANT FINAL)
    Q_PROPERTY(int addedCount READ addedCount NOTIFY changed FINAL)
    Q_PROPERTY(int changedCount READ changedCount NOTIFY changed FINAL)
    Q_PROPERTY(int sameCount READ sameCount NOTIFY changed FINAL)
    Q_PROPERTY(int keptCount READ keptCount NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ImportMissingListModel* missing READ missing CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ImportFieldListModel* fields READ fields CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* candidates READ candidates CONSTANT FINAL)
    Q_PROPERTY(QString sameTaskId READ sameTaskId WRITE setSameTaskId NOTIFY changed FINAL)
    Q_PROPERTY(QString resembles READ resembles NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    ImportUpdateModel(HomeThread& reader, QObject* parent);

    Q_INVOKABLE void take(const QString& field, bool isTaken);
    Q_INVOKABLE void remove(const QString& taskId, bool isRemoved);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isNew() const { return m_update.isNew; }
    [[nodiscard]] QString ledgerTitle() const { return toQt(m_update.title); }
    [[nodiscard]] QString ledgerId() const;
    void setLedgerId(const QString& id);
    [[nodiscard]] ChoiceModel* ledgers() { return &m_ledgers; }
    [[nodiscard]] int addedCount() const {
        return static_cast<int>(m_update.count(documents::UpdateKind::added));
    }
    [[nodiscard]] int changedCount() const { return static_cast<int>(m_update.changed()); }
    [[nodiscard]] int sameCount() const {
        return static_cast<int>(m_update.count(documents::UpdateKind::same));
    }
    [[nodiscard]] int keptCount() const { return static_cast<int>(m_update.keptEdits()); }
    [[nodiscard]] ImportMissingListModel* missing() { return &m_missing; }
    [[nodiscard]] ImportFieldListModel* fields() { return &m_fields; }
    [[nodiscard]] ChoiceModel* candidates() { return &m_candidates; }
    [[nodiscard]] QString sameTaskId() const;
    void setSameTaskId(const QString& taskId);
    [[nodiscard]] QString resembles() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

    // Compares this document; nullopt: none. `isAnother`: nothing that was decided before holds.
    void compare(std::optional<documents::ImportedDocument> document, bool isAnother);
    // The task with this serial in the document; 0: none.
    void show(int serial);
    // "" where the document makes a new ledger, or leaves the task as it is; added changed renumbered.
    [[nodiscard]] QString kindOf(int serial) const;
    [[nodiscard]] int keptOf(int serial) const;
    [[nodiscard]] const documents::UpdateChoices& choices() const { return m_choices; }

signals:
    void changed();

private:
    struct Loaded {
        documents::LedgerUpdate update;
        std::map<int, std::size_t> placeOf;  // in update.tasks, by serial in the document
        std::vector<Row> ledgers;
        std::optional<RecordId> ledger;  // to be updated
        int question = 0;
    };
    [[nodiscard]] static Result<Loaded> load(ledger::Home& home, const documents::ImportedDocument& document,
                                             const documents::UpdateChoices& choices, bool isPicked);
    void take(Result<Loaded> loaded);
    void applyChoices();
    void refresh();
    [[nodiscard]] std::vector<Row> fieldRows() const;
    [[nodiscard]] std::vector<Row> candidateRows() const;
    [[nodiscard]] const documents::TaskUpdate* taskAt(int serial) const;

    std::optional<documents::ImportedDocument> m_document;
    documents::UpdateChoices m_choices;
    bool m_isLedgerPicked = false;  // by the person: else the one that is likely meant is proposed
    documents::LedgerUpdate m_update;
    std::map<int, std::size_t> m_placeOf;
    int m_shown = 0;
    int m_question = 0;  // an answer to an earlier one is about another document or ledger
    bool m_isReady = false;
    std::optional<Error> m_error;
    ChoiceModel m_ledgers;
    ChoiceModel m_candidates;
    ImportMissingListModel m_missing;
    ImportFieldListModel m_fields;
    Reading m_reading;
};

}  // namespace hezhang::ui
