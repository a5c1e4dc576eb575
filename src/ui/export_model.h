// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// A form of the ledger as a file.
//
// For QML: ledgers: LedgerChoiceModel; forms, windows (of the chosen ledger; in front "all windows" or, where
//          the form is made for one, "the open one"), units (in front "all units" or "our own unit"),
//          fileTypes (of the chosen form): ChoiceModel. Chosen: ledgerId, formId, fileType, windowId and
//          unitId ("": the one in front).
//          suggestedFile(folder): its address · isReady, isRunning, progress (0 … 1, below 0: not known) ·
//          savedFile (path of the last one), savedText (what is in it) · errorWhat, errorNext · save(url): a
//          name without the ending gets it · stop()
// Threads: the window's; the file is written in the reading thread, so it shows one moment.
#pragma once

#include <QUrl>

#include "src/documents/form_template.h"
#include "src/ui/choice_model.h"
#include "src/ui/ledger_choice_model.h"
#include "src/ui/long_work.h"
#include "src/ui/reading.h"

namespace hezhang::ui {

class ExportModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(hezhang::ui::LedgerChoiceModel* ledgers READ ledgers CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* forms READ forms CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* windows READ windows CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* units READ units CONSTANT FINAL)
    Q_PROPERTY(hezhang::ui::ChoiceModel* fileTypes READ fileTypes CONSTANT FINAL)
    Q_PROPERTY(QString ledgerId READ ledgerId WRITE setLedgerId NOTIFY changed FINAL)
    Q_PROPERTY(QString formId READ formId WRITE setFormId NOTIFY changed FINAL)
    Q_PROPERTY(QString unitId READ unitId WRITE setUnitId NOTIFY changed FINAL)
    Q_PROPERTY(QString windowId READ windowId WRITE setWindowId NOTIFY changed FINAL)
    Q_PROPERTY(QString fileType READ fileType WRITE setFileType NOTIFY changed FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isRunning READ isRunning NOTIFY changed FINAL)
    Q_PROPERTY(double progress READ progress NOTIFY changed FINAL)
    Q_PROPERTY(QString savedFile READ savedFile NOTIFY changed FINAL)
    Q_PROPERTY(QString savedText READ savedText NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    explicit ExportModel(HomeThread& reader, QObject* parent = nullptr);

    Q_INVOKABLE void save(const QUrl& file);
    [[nodiscard]] Q_INVOKABLE QUrl suggestedFile(const QUrl& folder) const;
    Q_INVOKABLE void stop() { m_work.stop(); }

    [[nodiscard]] LedgerChoiceModel* ledgers() { return &m_ledgers; }
    [[nodiscard]] ChoiceModel* forms() { return &m_forms; }
    [[nodiscard]] ChoiceModel* windows() { return &m_windows; }
    [[nodiscard]] ChoiceModel* units() { return &m_units; }
    [[nodiscard]] ChoiceModel* fileTypes() { return &m_fileTypes; }
    [[nodiscard]] QString ledgerId() const { return m_ledgerId; }
    [[nodiscard]] QString formId() const { return m_formId; }
    [[nodiscard]] QString unitId() const { return m_unitId; }
    [[nodiscard]] QString windowId() const { return m_windowId; }
    [[nodiscard]] QString fileType() const { return m_fileType; }

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isRunning() const { return m_work.isRunning(); }
    [[nodiscard]] double progress() const { return m_work.part(); }
    [[nodiscard]] QString savedFile() const { return m_savedFile; }
    [[nodiscard]] QString savedText() const { return m_savedText; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

    void setLedgerId(const QString& id);
    void setFormId(const QString& id);
    void setUnitId(const QString& id);
    void setWindowId(const QString& id);
    void setFileType(const QString& type);

signals:
    void changed();

private:
    [[nodiscard]] QString suggestedName() const;
    struct Loaded {
        std::vector<Row> ledgers;
        std::vector<Row> windows;  // keys: LEDGER/WINDOW
        std::vector<Row> units;
        bool isOffice = false;
    };
    void take(Result<Loaded> loaded);
    [[nodiscard]] static Result<Loaded> load(ledger::Home& home);
    [[nodiscard]] documents::FormFor made() const;
    void showForm();
    void showWindows();
    void showUnits();
    void showFileTypes();

    HomeThread& m_reader;
    LedgerChoiceModel m_ledgers;
    ChoiceModel m_forms;
    ChoiceModel m_windows;
    ChoiceModel m_units;
    ChoiceModel m_fileTypes;
    std::vector<Row> m_allWindows;
    std::vector<Row> m_allUnits;
    QString m_ledgerId;
    QString m_formId = QStringLiteral("consolidated");
    bool m_isChosen = false;  // the form, by the person
    QString m_unitId;
    QString m_windowId;
    QString m_fileType = QStringLiteral("docx");
    QString m_savedFile;
    QString m_savedText;
    std::optional<Error> m_error;
    bool m_isReady = false;
    LongWork m_work;
    Reading m_reading;
};

}  // namespace hezhang::ui
