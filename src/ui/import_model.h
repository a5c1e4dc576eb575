// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A document on its way to become a ledger: what was understood, the source beside it, doubts, and what the
// office corrects by hand. Nothing is made before create().
//
// For QML:
//   phase: empty, reading, preview, creating, done · fileName · title, year (0: not known) can be set
//   tasks: ImportTaskListModel · taskCount (of those that are not left out), doubtCount
//   headDoubts: what is doubtful about the whole, a line each
//   task: ImportTaskModel, the one that is corrected; choose(place)
//   update: ImportUpdateModel, what it changes in a ledger that is there · only: which tasks are listed (all,
//   added, changed, kept)
//   progress (0 … 1, below 0: not known) · canCreate · errorWhat, errorNext · doneText, ledgerId
//   Calls: openFile(url), openText(text), paste(): text or a file; create(), stop(), close()
// Threads: the window's. Documents are read in the reading thread, the ledger is made in the store thread.
#pragma once

#include <QUrl>

#include "src/documents/import_preview.h"
#include "src/ui/import_update_model.h"
#include "src/ui/long_work.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

// Roles: number, title (item and content), section, unitsText, dueText, doubts (int), isLeftOut; place (int:
// what choose() takes), change (added changed renumbered, "" otherwise), kept (int: fields in which a
// person's words stand against the document's).
class ImportTaskListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of an import")
public:
    enum class Role {
        number = Qt::UserRole + 1,
        title,
        section,
        unitsText,
        dueText,
        doubts,
        isLeftOut,
        place,
        change,
        kept
    };
    Q_ENUM(Role)
    explicit ImportTaskListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

// Roles: unitId, title (the name), unitRole (lead responsible cooperate; "" in a choice).
class ImportUnitListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of an import")
public:
    enum class Role { unitId = Qt::UserRole + 1, title, unitRole };
    Q_ENUM(Role)
    explicit ImportUnitListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

class ImportModel;

// One task of the document. Setters take effect at once; one that cannot be is left as it was (error).
class ImportTaskModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of an import")
    Q_PROPERTY(int index READ index NOTIFY changed FINAL)
    Q_PROPERTY(QString number READ number NOTIFY changed FINAL)
    Q_PROPERTY(QString section READ section NOTIFY changed FINAL)
    Q_PROPERTY(QString source READ source NOTIFY changed FINAL)
    Q_PROPERTY(QString doubts READ doubts NOTIFY changed FINAL)
    Q_PROPERTY(QString item READ item WRITE setItem NOTIFY changed FINAL)
    Q_PROPERTY(QString content READ content WRITE setContent NOTIFY changed FINAL)
    Q_PROPERTY(QString indicator READ indicator WRITE setIndicator NOTIFY changed FINAL)
    Q_PROPERTY(QString unitWords READ unitWords NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ImportUnitListModel* units READ units CONSTANT FINAL)
    Q_PROPERTY(QString deadlineWords READ deadlineWords WRITE setDeadlineWords NOTIFY changed FINAL)
    Q_PROPERTY(QString due READ due WRITE setDue NOTIFY changed FINAL)
    Q_PROPERTY(QString dueText READ dueText NOTIFY changed FINAL)
    Q_PROPERTY(bool isLeftOut READ isLeftOut WRITE setLeftOut NOTIFY changed FINAL)
    Q_PROPERTY(QString error READ error NOTIFY changed FINAL)
public:
    explicit ImportTaskModel(ImportModel& document);

    Q_INVOKABLE void addUnit(const QString& unitId, const QString& unitRole);
    Q_INVOKABLE void removeUnit(const QString& unitId);

    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] QString number() const;
    [[nodiscard]] QString section() const;
    [[nodiscard]] QString source() const;
    [[nodiscard]] QString doubts() const;
    [[nodiscard]] QString item() const;
    [[nodiscard]] QString content() const;
    [[nodiscard]] QString indicator() const;
    [[nodiscard]] QString unitWords() const;
    [[nodiscard]] ImportUnitListModel* units() { return &m_units; }
    [[nodiscard]] QString deadlineWords() const;
    [[nodiscard]] QString due() const;
    [[nodiscard]] QString dueText() const;
    [[nodiscard]] bool isLeftOut() const;
    [[nodiscard]] QString error() const { return m_error; }

    void setItem(const QString& text);
    void setContent(const QString& text);
    void setIndicator(const QString& text);
    void setDeadlineWords(const QString& words);
    void setDue(const QString& iso);
    void setLeftOut(bool isLeftOut);

    // -1: none.
    void show(int index);

signals:
    void changed();

private:
    [[nodiscard]] const documents::ImportedTask* one() const;
    void setText(documents::TaskText which, const QString& text);
    void finish(const Result<void>& correction);

    ImportModel& m_document;
    ImportUnitListModel m_units;
    int m_index = -1;
    std::optional<QString> m_refusedContent;  // typed, and empty
    QString m_error;
};

class ImportModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString phase READ phase NOTIFY changed FINAL)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title WRITE setTitle NOTIFY changed FINAL)
    Q_PROPERTY(int year READ year WRITE setYear NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ImportTaskListModel* tasks READ tasks CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ImportTaskModel* task READ task CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ImportUnitListModel* unitChoice READ unitChoice CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ImportUpdateModel* update READ update CONSTANT FINAL)
    Q_PROPERTY(QString only READ only WRITE setOnly NOTIFY changed FINAL)
    Q_PROPERTY(int taskCount READ taskCount NOTIFY changed FINAL)
    Q_PROPERTY(int doubtCount READ doubtCount NOTIFY changed FINAL)
    Q_PROPERTY(QString headDoubts READ headDoubts NOTIFY changed FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(bool canCreate READ canCreate NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString doneText READ doneText NOTIFY changed FINAL)
    Q_PROPERTY(QString ledgerId READ ledgerId NOTIFY changed FINAL)
public:
    ImportModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void openFile(const QUrl& file);
    Q_INVOKABLE void openText(const QString& text);
    Q_INVOKABLE void paste();
    Q_INVOKABLE void choose(int place);
    Q_INVOKABLE void create();
    Q_INVOKABLE void stop() { m_work.stop(); }
    Q_INVOKABLE void close();

    [[nodiscard]] QString phase() const;
    [[nodiscard]] QString fileName() const { return m_fileName; }
    [[nodiscard]] QString title() const;
    [[nodiscard]] int year() const;
    [[nodiscard]] ImportTaskListModel* tasks() { return &m_tasks; }
    [[nodiscard]] ImportTaskModel* task() { return &m_task; }
    [[nodiscard]] ImportUnitListModel* unitChoice() { return &m_unitChoice; }
    [[nodiscard]] ImportUpdateModel* update() { return &m_update; }
    [[nodiscard]] QString only() const { return m_only; }
    void setOnly(const QString& only);
    [[nodiscard]] int taskCount() const;
    [[nodiscard]] int doubtCount() const { return static_cast<int>(m_doubts.size()); }
    [[nodiscard]] QString headDoubts() const;
    [[nodiscard]] double progress() const { return m_work.part(); }
    [[nodiscard]] bool canCreate() const;
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString doneText() const { return m_doneText; }
    [[nodiscard]] QString ledgerId() const { return m_ledgerId; }

    void setTitle(const QString& title);
    void setYear(int year);

    // For the task that is corrected. REQUIRES of preview(): there is a document.
    [[nodiscard]] bool hasPreview() const { return m_preview.has_value(); }
    [[nodiscard]] documents::ImportPreview& preview() { return *m_preview; }
    [[nodiscard]] QString doubtsOf(std::size_t task) const;
    [[nodiscard]] QString unitNameOf(const RecordId& unit) const;
    // The document was corrected.
    void refresh();

signals:
    void changed();

private:
    void listTasks();
    enum class Phase { empty, reading, preview, creating, done };
    template <class Read>
    void read(const QString& name, Read reader);
    [[nodiscard]] Row rowOf(std::size_t task) const;
    void finish(const Result<documents::LedgerImport>& made);

    HomeThread& m_reader;
    StoreThread& m_store;
    Phase m_phase = Phase::empty;
    QString m_fileName;
    std::optional<documents::ImportPreview> m_preview;
    std::vector<documents::Doubt> m_doubts;
    ImportTaskListModel m_tasks;
    ImportUnitListModel m_unitChoice;
    ImportTaskModel m_task;
    ImportUpdateModel m_update;
    QString m_only = QStringLiteral("all");
    std::optional<Error> m_error;
    QString m_doneText;
    QString m_ledgerId;  // that was made
    LongWork m_work;
};

}  // namespace hezhang::ui
