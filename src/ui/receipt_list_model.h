// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// What this home's unit has reported, and the county's receipt of each: shown, saved as a file, and files
// checked.
//
// Roles:   recordId, title, place, filingState, hasAnswer (every edit of it has the county's
//          answer).
// For QML: isReady · factsTitle, facts: list of {label, value} of the receipt looked at last, empty before;
//          isGood: it is valid and of this county; errorWhat, errorNext · Calls: show(recordId),
//          save(recordId, file), check(file), close() · Signals: saved(file)
// Threads: the window's.
#pragma once

#include <QUrl>

#include "src/ui/reading.h"
#include "src/ui/row_list_model.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

inline constexpr std::size_t kReceiptFileMax = 16 * 1024 * 1024;

class ReceiptListModel : public hezhang::ui::RowListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by Models")
    Q_PROPERTY(bool isReady READ isReady NOTIFY readingDone FINAL)
    Q_PROPERTY(QString factsTitle READ factsTitle NOTIFY factsChanged FINAL)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY factsChanged FINAL)
    Q_PROPERTY(bool isGood READ isGood NOTIFY factsChanged FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY factsChanged FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY factsChanged FINAL)
public:
    enum class Role { recordId = Qt::UserRole + 1, title, place, filingState, hasAnswer };
    Q_ENUM(Role)

    ReceiptListModel(HomeThread& reader, StoreThread& store, QObject* parent = nullptr);

    Q_INVOKABLE void show(const QString& recordId);
    Q_INVOKABLE void save(const QString& recordId, const QUrl& file);
    Q_INVOKABLE void check(const QUrl& file);
    Q_INVOKABLE void close();

    [[nodiscard]] bool isReady() const { return m_isReady; }
    [[nodiscard]] QString factsTitle() const { return m_factsTitle; }
    [[nodiscard]] QVariantList facts() const { return m_facts; }
    [[nodiscard]] bool isGood() const { return m_isGood; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;

signals:
    void readingDone();
    void factsChanged();
    void saved(const QString& file);

private:
    struct Page {
        std::vector<Row> rows;
        int total = 0;
    };
    [[nodiscard]] static Result<Page> pageOf(ledger::Home& home, int limit);
    void takeFacts(const QString& title, Result<QVariantList> facts);

    HomeThread& m_reader;
    StoreThread& m_store;
    QString m_factsTitle;
    QVariantList m_facts;
    std::optional<Error> m_error;
    bool m_isGood = false;
    bool m_isReady = false;
    Reading m_reading;
};

}  // namespace hezhang::ui
