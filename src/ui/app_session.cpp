// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ui/app_session.h"

#include "src/ledger/files.h"
#include "src/ledger/leaving.h"
#include "src/ui/message_table.h"

namespace hezhang::ui {

AppSession::AppSession(TransportFactory factory, SyncTimes times, QObject* parent)
    : QObject(parent),
      m_network(std::move(factory)),
      m_reader(storage::Access::readOnly),
      m_store(m_network, times) {
    // The window shows what it can read before the writer is ready.
    connect(&m_reader, &HomeThread::opened, this, [this](const HomeInfo& info) {
        m_isReaderOpen = true;
        m_info = info;
        emit infoChanged();
        setState(State::Ready);
    });
    connect(&m_reader, &HomeThread::infoChanged, this, [this](const HomeInfo& info) {
        m_info = info;
        emit infoChanged();
    });
    connect(&m_store, &HomeThread::opened, this, [this] {
        m_isStoreOpen = true;
        // A home of an older version cannot be read before the writer has brought it up to date.
        if (!m_isReaderOpen) {
            m_reader.open(m_folder);
        }
    });
    connect(&m_reader, &HomeThread::failed, this, [this](const Error& error) {
        if (m_isStoreOpen || error.code == ErrorCode::wiped) {
            fail(error);
        }
    });
    connect(&m_store, &HomeThread::failed, this, &AppSession::fail);
    connect(&m_store, &HomeThread::worked, &m_reader, &HomeThread::look);
}

AppSession::~AppSession() = default;

void AppSession::open(const QString& folder) {
    m_folder = folder;
    // Once it was shown that the home has ended, the way is free to a new invitation.
    if (!isEnded() && ledger::wasWiped(folder.toStdString())) {
        setState(State::Opening);
        fail({ErrorCode::wiped, std::string(ledger::kWipedText)});
        return;
    }
    if (!ledger::fileExists(folder.toStdString() + "/home.db")) {
        setState(State::NoHome);
        return;
    }
    setState(State::Opening);
    m_reader.open(folder);
    m_store.open(folder);
}

// A home that has ended while it was open is given up, with all that the threads still hold of it.
void AppSession::fail(const Error& error) {
    const bool isKnown = m_state == State::Failed && m_error.code == error.code;
    if (isKnown || m_state == State::NoHome) {
        return;  // both threads say so, and one perhaps late
    }
    m_error = error;
    if (error.code == ErrorCode::wiped || error.code == ErrorCode::notEnrolled) {
        m_reader.close(error);
        m_store.close(error);
        m_isReaderOpen = false;
        m_isStoreOpen = false;
    }
    setState(State::Failed);
}

bool AppSession::isEnded() const {
    return m_state == State::Failed &&
           (m_error.code == ErrorCode::wiped || m_error.code == ErrorCode::notEnrolled);
}

QString AppSession::errorWhat() const {
    return m_state == State::Failed ? MessageTable::of(m_error.code).what : QString();
}

QString AppSession::errorNext() const {
    return m_state == State::Failed ? MessageTable::of(m_error.code).next : QString();
}

void AppSession::setState(State state) {
    m_state = state;
    emit stateChanged();
}

}  // namespace hezhang::ui
