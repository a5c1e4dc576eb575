// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One notice: an own text that was not taken, beside the one that was, and who decided.
//
// For QML: isReady, isGone · title, place, fieldText · ownText, ownTimeText · runs (from the own text to
//          the one taken), takenText · person, unit, time (of who decided) · isSeen · recordId, field,
//          taskId · Calls: markSeen()
// Threads: the window's.
#pragma once

#include <QQmlEngine>
#include <QVariantList>

#include "src/ledger/notices.h"
#include "src/ui/reading.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class NoticeModel : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isGone READ isGone NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString place READ place NOTIFY changed FINAL)
    Q_PROPERTY(QString fieldText READ fieldText NOTIFY changed FINAL)
    Q_PROPERTY(QString ownText READ ownText NOTIFY changed FINAL)
    Q_PROPERTY(QString ownTimeText READ ownTimeText NOTIFY changed FINAL)
    Q_PROPERTY(QString takenText READ takenText NOTIFY changed FINAL)
    Q_PROPERTY(QVariantList runs READ runs NOTIFY changed FINAL)
    Q_PROPERTY(QString person READ person NOTIFY changed FINAL)
    Q_PROPERTY(QString unit READ unit NOTIFY changed FINAL)
    Q_PROPERTY(QString time READ time NOTIFY changed FINAL)
    Q_PROPERTY(bool isSeen READ isSeen NOTIFY changed FINAL)
    Q_PROPERTY(QString recordId READ recordId NOTIFY changed FINAL)
    Q_PROPERTY(QString field READ field NOTIFY changed FINAL)
    Q_PROPERTY(QString taskId READ taskId NOTIFY changed FINAL)
public:
    NoticeModel(HomeThread& reader, StoreThread& store, const QString& id, QObject* parent = nullptr);

    Q_INVOKABLE void markSeen();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isGone() const { return m_isReady && m_notice.id.empty(); }
    [[nodiscard]] QString title() const;
    [[nodiscard]] QString place() const;
    [[nodiscard]] QString fieldText() const;
    [[nodiscard]] QString ownText() const;
    [[nodiscard]] QString ownTimeText() const;
    [[nodiscard]] QString takenText() const;
    [[nodiscard]] QVariantList runs() const;
    [[nodiscard]] QString person() const;
    [[nodiscard]] QString unit() const;
    [[nodiscard]] QString time() const;
    [[nodiscard]] bool isSeen() const { return m_notice.isSeen; }
    [[nodiscard]] QString recordId() const;
    [[nodiscard]] QString field() const;
    [[nodiscard]] QString taskId() const;

signals:
    void changed();

private:
    StoreThread& m_store;
    std::string m_id;
    ledger::Notice m_notice;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
