// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The paragraphs of a window, one a task, by serial.
//
// Roles: taskId, title (serial and what the task says), body (what the paragraph says), kind (composed edited
// merged overlap;
//   none: nothing was submitted), unitCount (int; whose texts are in it).
// For QML: windowId, windowTitle, windowLine (when it closes, and the ledger), isReady; errorWhat, errorNext
//   overlapCount: that wait for a person
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/words.h"

namespace hezhang::ui {

class ParagraphListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString windowId READ windowId CONSTANT FINAL)
    Q_PROPERTY(QString windowTitle READ windowTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString windowLine READ windowLine NOTIFY changed FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(int overlapCount READ overlapCount NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
public:
    enum class Role { taskId = Qt::UserRole + 1, title, body, kind, unitCount };
    Q_ENUM(Role)

    ParagraphListModel(HomeThread& reader, const RecordId& window, QObject* parent = nullptr);

    [[nodiscard]] QString windowId() const { return idText(m_window); }
    [[nodiscard]] QString windowTitle() const { return m_page.title; }
    [[nodiscard]] QString windowLine() const { return m_page.line; }
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] int overlapCount() const { return m_page.overlaps; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void changed();

private:
    struct Page {
        QString title, line;
        int overlaps = 0;
        std::vector<Row> rows;
    };
    [[nodiscard]] static Result<Page> read(ledger::Home& home, const RecordId& window);
    void take(Result<Page> page);

    RecordId m_window;
    Page m_page;  // without its rows
    std::optional<Error> m_error;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
