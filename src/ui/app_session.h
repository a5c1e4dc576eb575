// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// One home, open in this window: its threads, and who it belongs to. Models take from it what they need
// (models.h) and know nothing else of it.
//
// For QML:
//   state      noHome: the folder is not enrolled: show the first run · opening · ready · failed: errorWhat,
//   errorNext, isEnded: the home is no more, and opening again asks for a new invitation; unitName,
//   personName, role, county: of the home, once ready open(folder): once; open again after enrolment
// Threads: the window's.
#pragma once

#include <QObject>
#include <QQmlEngine>

#include "src/ui/network_thread.h"
#include "src/ui/store_thread.h"

namespace hezhang::ui {

class AppSession : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(State state READ state NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString folder READ folder NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString unitId READ unitId NOTIFY infoChanged FINAL)
    Q_PROPERTY(QString unitName READ unitName NOTIFY infoChanged FINAL)
    Q_PROPERTY(QString personName READ personName NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString role READ role NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString county READ county NOTIFY stateChanged FINAL)
    // Reads the checks of every unit, and so has a work list; others see those of their own.
    Q_PROPERTY(bool seesEveryUnit READ seesEveryUnit NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString countyKey READ countyKey NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString errorWhat READ errorWhat NOTIFY stateChanged FINAL)
    Q_PROPERTY(QString errorNext READ errorNext NOTIFY stateChanged FINAL)
    Q_PROPERTY(bool isEnded READ isEnded NOTIFY stateChanged FINAL)
public:
    enum class State { NoHome, Opening, Ready, Failed };
    Q_ENUM(State)

    explicit AppSession(TransportFactory factory, SyncTimes times = {}, QObject* parent = nullptr);
    ~AppSession() override;

    Q_INVOKABLE void open(const QString& folder);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString unitId() const { return QString::fromStdString(m_info.unit.hex()); }
    [[nodiscard]] QString unitName() const { return m_info.unitName; }
    [[nodiscard]] QString personName() const { return m_info.personName; }
    [[nodiscard]] QString role() const { return m_info.role; }
    [[nodiscard]] QString county() const { return m_info.county; }
    [[nodiscard]] bool seesEveryUnit() const {
        return role() != QLatin1String("clerk") && role() != QLatin1String("leader");
    }
    [[nodiscard]] QString countyKey() const { return m_info.countyKey; }
    [[nodiscard]] QString errorWhat() const;
    [[nodiscard]] QString errorNext() const;
    [[nodiscard]] bool isEnded() const;

    // For models.
    [[nodiscard]] const HomeInfo& info() const { return m_info; }
    [[nodiscard]] HomeThread& reader() { return m_reader; }
    [[nodiscard]] StoreThread& store() { return m_store; }
    [[nodiscard]] NetworkThread& network() { return m_network; }

signals:
    void stateChanged();
    void infoChanged();  // the unit or its name

private:
    void setState(State state);
    void fail(const Error& error);

    NetworkThread m_network;
    HomeThread m_reader;
    StoreThread m_store;  // ends first: its rounds use the network
    State m_state = State::NoHome;
    QString m_folder;
    HomeInfo m_info;
    Error m_error;
    bool m_isStoreOpen = false;
    bool m_isReaderOpen = false;
};

}  // namespace hezhang::ui
