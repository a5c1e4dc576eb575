// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Everything that was ever written into a record, or into one field of it, the latest first.
//
// Roles:   field, fieldText, valueText, kindText (wrote, added, removed, counted), person, unit, device,
//          timeText (the person's clock), countyTimeText (empty while the county has not entered it),
//          verdict (local received applied aside), reasonWhat, reasonNext (of aside), dot, seenText (the
//          dots its author saw, one a line), canRestore, isShown (a value that is live now), isOwn.
// For QML: isReady, isGone, errorWhat, errorNext, title, place, fieldText · clockText (the live dots of each
// field), vectorText
//          (of this home: lane, counter) · isSaving · isPartial (earlier changes are not on this device),
//          isLetGo (and come only when asked for), isFetching (they were asked for and are coming)
// Calls:   restore(index): writes the older value again, an edit in the context of what is shown;
//          fetchEarlier(), stopFetching()
// Signals: restored(); failed(what, next) of either
// Threads: the window's.
#pragma once

#include "src/ledger/differences.h"
#include "src/ledger/views.h"
#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class HistoryModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY changed FINAL)
    Q_PROPERTY(bool isGone READ isGone NOTIFY changed FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY changed FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY changed FINAL)
    Q_PROPERTY(QString title READ title NOTIFY changed FINAL)
    Q_PROPERTY(QString place READ place NOTIFY changed FINAL)
    Q_PROPERTY(QString clockText READ clockText NOTIFY changed FINAL)
    Q_PROPERTY(QString vectorText READ vectorText NOTIFY changed FINAL)
    Q_PROPERTY(bool isSaving READ isSaving NOTIFY changed FINAL)
    Q_PROPERTY(bool isPartial READ isPartial NOTIFY changed FINAL)
    Q_PROPERTY(bool isLetGo READ isLetGo NOTIFY changed FINAL)
    Q_PROPERTY(bool isFetching READ isFetching NOTIFY changed FINAL)
public:
    enum class Role {
        field = Qt::UserRole + 1,
        fieldText,
        valueText,
        kindText,
        person,
        unit,
        device,
        timeText,
        countyTimeText,
        verdict,
        reasonWhat,
        reasonNext,
        dot,
        seenText,
        canRestore,
        isShown,
        isOwn
    };
    Q_ENUM(Role)

    // An empty field: of all fields.
    HistoryModel(HomeThread& reader, StoreThread& store, const RecordId& record, const QString& field,
                 QObject* parent = nullptr);

    Q_INVOKABLE void restore(int index);
    Q_INVOKABLE void fetchEarlier();
    Q_INVOKABLE void stopFetching() { m_store.cancelSync(); }

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] bool isGone() const { return m_error && m_error->code == ErrorCode::unknownRecord; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] QString title() const { return m_loaded.title; }
    [[nodiscard]] QString place() const { return m_loaded.place; }
    [[nodiscard]] QString clockText() const { return m_loaded.clockText; }
    [[nodiscard]] QString vectorText() const { return m_loaded.vectorText; }
    [[nodiscard]] bool isSaving() const { return m_isSaving; }
    [[nodiscard]] bool isPartial() const { return m_loaded.isPartial; }
    [[nodiscard]] bool isLetGo() const { return m_loaded.isLetGo; }
    [[nodiscard]] bool isFetching() const { return m_isFetching; }

    struct Older {
        nlohmann::json value;
        std::vector<std::string> seen;  // what the page shows of its field
    };
    struct Loaded {
        QString title;
        QString place;
        QString clockText;
        QString vectorText;
        bool isPartial = false;
        bool isLetGo = false;
        std::vector<Row> rows;
        std::map<QString, Older> older;  // by key, of rows that can be restored
    };

signals:
    void changed();
    void restored();
    void failed(const QString& what, const QString& next);

private:
    void noteSync();

    StoreThread& m_store;
    RecordId m_record;
    QString m_field;
    Loaded m_loaded;
    std::optional<Error> m_error;
    bool m_isReady = false;
    bool m_isSaving = false;
    bool m_isFetching = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
