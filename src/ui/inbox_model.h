// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What waits for a person: conflicts, what the machine put together, what authority overruled, and notices
// that an own text was not taken; by age. It also lets the store thread look for new notices, in small
// steps.
//
// Roles:   kind (conflict merged overruled notice), recordId, field, noticeId, title (of the task or
//          entry), place (unit, window), fieldText, summary (who wrote what), ageText, isOwn, isSeen.
// For QML: kind, scope (own: with a value of one's own, or empty) filter; isReady; conflictCount,
//          mergedCount, noticeCount (not seen): of all, whatever the filter; errorWhat, errorNext.
// Threads: the window's; rows are made in the reading thread.
#pragma once

#include "src/ledger/notices.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class InboxModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(QString kind READ kind WRITE setKind NOTIFY filterChanged FINAL)
    Q_PROPERTY(QString scope READ scope WRITE setScope NOTIFY filterChanged FINAL)
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(int conflictCount READ conflictCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int mergedCount READ mergedCount NOTIFY readingDone FINAL)
    Q_PROPERTY(int noticeCount READ noticeCount NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY readingDone FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY readingDone FINAL)
public:
    enum class Role {
        kind = Qt::UserRole + 1,
        recordId,
        field,
        noticeId,
        title,
        place,
        fieldText,
        summary,
        ageText,
        isOwn,
        isSeen
    };
    Q_ENUM(Role)

    // All records are looked at: not for every change of a burst.
    static constexpr int kWaitMs = 300;

    InboxModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    [[nodiscard]] QString kind() const { return m_kind; }
    void setKind(const QString& kind);
    [[nodiscard]] QString scope() const { return m_scope; }
    void setScope(const QString& scope);
    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] int conflictCount() const { return m_conflicts; }
    [[nodiscard]] int mergedCount() const { return m_merged; }
    [[nodiscard]] int noticeCount() const { return m_notices; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void filterChanged();
    void readingDone();

private:
    struct Loaded {
        std::vector<Row> rows;
        bool isWorkDue = false;
    };
    void take(Result<Loaded> loaded);
    void showRows();
    void findNotices();

    StoreThread& m_store;
    Reading m_reading;
    QTimer m_wait;
    std::vector<Row> m_all;
    QString m_kind;
    QString m_scope;
    std::optional<Error> m_error;
    int m_conflicts = 0;
    int m_merged = 0;
    int m_notices = 0;
    bool m_isReady = false;
    bool m_isFinding = false;
};

}  // namespace hezhang::ui
