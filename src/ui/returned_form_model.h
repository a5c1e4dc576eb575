// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A reporting form that a unit has filled in outside, beside what its reports say: the person sees each
// difference, takes over all or some, and hands in or not. Nothing is written before take().
//
// For QML:
//   phase: empty, reading, shown, saving, done · fileName · progress (0 … 1, below 0: not known)
//   windows, units: ChoiceModel; windowId, unitId can be set · seesEveryUnit: there is a unit to choose
//   namedUnit: the unit that the form names, where it is another one
//   rows: ReturnedRowListModel, what would be entered · rest: ReturnedRestListModel, what is nobody's
//   sameCount: rows that say what stands there · absentText: numbers of the tasks that no row is about
//   takenCount · mayFile: this person may enter reports of the unit · canTake · errorWhat, errorNext
//   doneText · Calls: openFile(url), takeRow(taskId, isTaken), takeAll(isTaken), take(isSubmitted), stop(),
//   close()
// Threads: the window's. The file is read in the reading thread, edits are made in the store thread.
#pragma once

#include <QUrl>

#include "src/documents/returned_form.h"
#include "src/ui/choice_model.h"
#include "src/ui/long_work.h"
#include "src/ui/reading.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

// Roles: taskId, number, title, runs (for DiffText), line (int), isTaken.
class ReturnedRowListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a returned form")
public:
    enum class Role { taskId = Qt::UserRole + 1, number, title, runs, line, isTaken };
    Q_ENUM(Role)
    explicit ReturnedRowListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

// Roles: line (int), title, text, reason.
class ReturnedRestListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("part of a returned form")
public:
    enum class Role { line = Qt::UserRole + 1, title, text, reason };
    Q_ENUM(Role)
    explicit ReturnedRestListModel(QObject* parent) : RowListModel(QMetaEnum::fromType<Role>(), parent) {}
};

class ReturnedFormModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString phase READ phase NOTIFY changed FINAL)
    Q_PROPERTY(QString fileName READ fileName NOTIFY changed FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* windows READ windows CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* units READ units CONSTANT FINAL)
    Q_PROPERTY(QString windowId READ windowId WRITE setWindowId NOTIFY changed FINAL)
    Q_PROPERTY(QString unitId READ unitId WRITE setUnitId NOTIFY changed FINAL)
    Q_PROPERTY(bool seesEveryUnit READ seesEveryUnit NOTIFY changed FINAL)
    Q_PROPERTY(QString namedUnit READ namedUnit NOTIFY changed FINAL)
    Q_PROPERTY(hezhang::ui::ReturnedRowListModel* rows READ rows CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ReturnedRestListModel* rest READ rest CONSTANT FINAL)
    Q_PROPERTY(int sameCount READ sameCount NOTIFY changed FINAL)
    Q_PROPERTY(QString absentText READ absentText NOTIFY changed FINAL)
    Q_PROPERTY(int takenCount READ takenCount NOTIFY changed FINAL)
    Q_PROPERTY(bool mayFile READ mayFile NOTIFY changed FINAL)
    Q_PROPERTY(bool canTake READ canTake NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString doneText READ doneText NOTIFY changed FINAL)
public:
    ReturnedFormModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void openFile(const QUrl& file);
    Q_INVOKABLE void takeRow(const QString& taskId, bool isTaken);
    Q_INVOKABLE void takeAll(bool isTaken);
    Q_INVOKABLE void take(bool isSubmitted);
    Q_INVOKABLE void stop() { m_work.stop(); }
    Q_INVOKABLE void close();

    [[nodiscard]] QString phase() const;
    [[nodiscard]] QString fileName() const { return m_fileName; }
    [[nodiscard]] double progress() const { return m_work.part(); }
    [[nodiscard]] ChoiceModel* windows() { return &m_windows; }
    [[nodiscard]] ChoiceModel* units() { return &m_units; }
    [[nodiscard]] QString windowId() const { return m_windowId; }
    void setWindowId(const QString& id);
    [[nodiscard]] QString unitId() const { return m_unitId; }
    void setUnitId(const QString& id);
    [[nodiscard]] bool seesEveryUnit() const { return m_shown.seesEveryUnit; }
    [[nodiscard]] QString namedUnit() const { return m_shown.namedUnit; }
    [[nodiscard]] ReturnedRowListModel* rows() { return &m_rows; }
    [[nodiscard]] ReturnedRestListModel* rest() { return &m_rest; }
    [[nodiscard]] int sameCount() const { return static_cast<int>(m_shown.form.same); }
    [[nodiscard]] QString absentText() const;
    [[nodiscard]] int takenCount() const;
    [[nodiscard]] bool mayFile() const { return m_shown.mayFile; }
    [[nodiscard]] bool canTake() const;
    [[nodiscard]] QString errorWhat() const { return m_errorWhat; }
    [[nodiscard]] QString errorNext() const { return m_errorNext; }
    [[nodiscard]] QString doneText() const { return m_doneText; }

signals:
    void changed();

private:
    enum class Phase { empty, reading, shown, saving, done };
    // Read while the page may close it; which one an answer is about.
    using Document = std::shared_ptr<const documents::ImportedDocument>;
    struct Loaded {
        Document document;
        documents::ReturnedForm form;
        std::vector<Row> windows;
        std::vector<Row> units;
        QString windowId;
        QString unitId;
        QString namedUnit;
        bool seesEveryUnit = false;
        bool mayFile = false;
        bool hasTexts = true;
    };
    [[nodiscard]] static Result<Loaded> load(ledger::Home& home, const Document& document,
                                             const QString& windowId, const QString& unitId);
    void compare(Result<Loaded> loaded);
    void refresh();
    void fail(const Error& error);
    [[nodiscard]] bool isTaken(const documents::ReturnedChange& change) const;

    HomeThread& m_reader;
    StoreThread& m_store;
    Phase m_phase = Phase::empty;
    QString m_fileName;
    Document m_document;
    Loaded m_shown;
    QString m_windowId;
    QString m_unitId;
    std::map<RecordId, std::string> m_refused;  // by task: not to be taken, as long as the report says this
    QString m_errorWhat;
    QString m_errorNext;
    QString m_doneText;
    ChoiceModel m_windows;
    ChoiceModel m_units;
    ReturnedRowListModel m_rows;
    ReturnedRestListModel m_rest;
    LongWork m_work;
    Reading m_reading;
};

}  // namespace hezhang::ui
