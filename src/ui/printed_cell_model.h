// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Where a cell of the consolidated ledger comes from (office/printed_cell.h).
//
// For QML: isReady; errorWhat, errorNext · taskId, taskTitle · cells: list of {cell, title}, as printed;
// cell: the
//          one that is shown · text: what is printed · sentences: list of {text, sources}: units' names,
//          empty for the office's own words · sources: list of {title, unitId (of a report), recordId,
//          entries, approvals}; entries, approvals: list of {title (of the field), value, who (person, unit,
//          device), where (when the county entered it, and as which entry; or that it has not)}
// Threads: the window's; read in the reading thread.
#pragma once

#include <QObject>
#include <QQmlEngine>
#include <QVariantList>

#include "src/office/printed_cell.h"
#include "src/ui/reading.h"
#include "src/ui/words.h"

namespace hezhang::ui {

class PrintedCellModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString taskId READ taskId CONSTANT FINAL)
    Q_PROPERTY(QString windowId READ windowId CONSTANT FINAL)
    Q_PROPERTY(QString taskTitle READ taskTitle NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList cells READ cells CONSTANT FINAL)
    Q_PROPERTY(QString cell READ cell WRITE setCell NOTIFY changed FINAL)
    Q_PROPERTY(QString text READ text NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList sentences READ sentences NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList sources READ sources NOTIFY changed FINAL)
public:
    struct Key {
        RecordId task;
        RecordId window;
    };
    PrintedCellModel(HomeThread& reader, const Key& key, QObject* parent = nullptr);

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString taskId() const { return idText(m_key.task); }
    [[nodiscard]] QString windowId() const { return idText(m_key.window); }
    [[nodiscard]] QString taskTitle() const { return m_page.title; }
    [[nodiscard]] QVariantList cells() const;
    [[nodiscard]] QString cell() const { return m_cell; }
    [[nodiscard]] QString text() const { return m_page.text; }
    [[nodiscard]] QVariantList sentences() const { return m_page.sentences; }
    [[nodiscard]] QVariantList sources() const { return m_page.sources; }
    void setCell(const QString& cell);

signals:
    void changed();

private:
    struct Page {
        QString title, text;
        QVariantList sentences, sources;
    };
    [[nodiscard]] static Result<Page> read(ledger::Home& home, const Key& key, const std::string& cell);

    Key m_key;
    QString m_cell = QStringLiteral("progress");
    Page m_page;
    std::optional<Error> m_error;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
