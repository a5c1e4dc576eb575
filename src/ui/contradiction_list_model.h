// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What does not go together in the filings of a window (office/contradictions.h), each with the texts it is
// between, and the return of one of them.
//
// Roles: taskId, title (serial and what the task says), kind (lead-done figure-fell percent-status same-event
//   after-approval), body (what is the matter, in words), sides: list of {unitId, unitName, windowId,
//   windowTitle, role, status, percentText, countText, text, fingerprint, isEarlier}; isEarlier: of the
//   window before, nothing to return.
// For QML: windowId, windowTitle, windowLine, isReady, isBusy; errorWhat, errorNext · kind: shows only these,
//   "" all · allCount; kinds: list of {kind, count}, those there are
// Calls: giveBack(taskId, unitId, fingerprint, reason): the report as it was shown
// Signals: done(): durable; failed(what, next)
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include <QVariantList>

#include "src/office/contradictions.h"
#include "src/ui/row_list_model.h"
#include "src/ui/saving.h"
#include "src/ui/words.h"

namespace hezhang::ui {

class ContradictionListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString windowId READ windowId CONSTANT FINAL)
    Q_PROPERTY(QString windowTitle READ windowTitle NOTIFY changed FINAL)
    Q_PROPERTY(QString windowLine READ windowLine NOTIFY changed FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isBusy READ isBusy NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString kind READ kind WRITE setKind NOTIFY changed FINAL)
    Q_PROPERTY(int allCount READ allCount NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList kinds READ kinds NOTIFY changed FINAL)
public:
    enum class Role { taskId = Qt::UserRole + 1, title, kind, body, sides };
    Q_ENUM(Role)

    ContradictionListModel(HomeThread& reader, StoreThread& store, const RecordId& window,
                           QObject* parent = nullptr);

    Q_INVOKABLE void giveBack(const QString& taskId, const QString& unitId, const QString& fingerprint,
                              const QString& reason);

    [[nodiscard]] QString windowId() const { return idText(m_window); }
    [[nodiscard]] QString windowTitle() const { return m_page.title; }
    [[nodiscard]] QString windowLine() const { return m_page.line; }
    [[nodiscard]] bool isReady() const { return m_reading.isReady(); }
    [[nodiscard]] bool isBusy() const { return m_saving.isBusy(); }
    [[nodiscard]] QString errorWhat() const { return m_reading.errorWhat(); }
    [[nodiscard]] QString errorNext() const { return m_reading.errorNext(); }
    [[nodiscard]] QString kind() const { return m_kind; }
    [[nodiscard]] int allCount() const { return static_cast<int>(m_page.rows.size()); }
    [[nodiscard]] QVariantList kinds() const;

    void setKind(const QString& kind);

signals:
    void changed();
    void done();
    void failed(const QString& what, const QString& next);

private:
    struct Page {
        QString title, line;
        std::vector<Row> rows;
    };
    [[nodiscard]] static Result<Page> read(ledger::Home& home, const RecordId& window);
    void showRows();

    RecordId m_window;
    QString m_kind;
    Page m_page;
    Saving m_saving;
    Reading m_reading;
};

}  // namespace hezhang::ui
