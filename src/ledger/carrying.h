// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// The bundles of other devices that a home carries: kept as they came, brought to the county message by
// message at the next sync, their answers kept for whoever comes for them. What is in them this home neither
// can change nor reads: the messages are their device's and the county's.
//
// Errors:  storage and file errors.
// Threads: those of the home.
#pragma once

#include <memory>

#include "src/ledger/bundles.h"

namespace hezhang::ledger {

[[nodiscard]] Result<BundleImport> keepCarried(Home& home, const sync::Bundle& bundle, BytesView file);
// The files in carried/ that wait for the county, oldest name first.
[[nodiscard]] std::vector<std::string> waitingBundles(const Home& home);

// By the name of a file in carried/: a bundle of another device that the county has not answered.
[[nodiscard]] bool isUnansweredBundle(std::string_view name);

// One bundle on its way to the county, as steps. What was answered is noted (carried/HASH.said), so a link
// that breaks costs one message.
class BundleCarrier {
public:
    [[nodiscard]] static Result<std::unique_ptr<BundleCarrier>> begin(Home& home, const std::string& name);
    struct Message {
        std::string path;
        Bytes bytes;
    };
    // nullopt: the county has answered all of it, and the answers are kept.
    [[nodiscard]] Result<std::optional<Message>> next();
    // Empty: the county could not read the message.
    [[nodiscard]] Result<void> onAnswer(BytesView answer);

private:
    BundleCarrier(Home& home, std::string name, Bytes file)
        : m_home(home), m_name(std::move(name)), m_file(std::move(file)) {}
    [[nodiscard]] Result<void> finish();
    void readSaid();
    void keep(Bytes answer);
    [[nodiscard]] bool isTooMuch() const;

    Home& m_home;
    std::string m_name;
    Bytes m_file;
    sync::Bundle m_bundle;
    std::vector<Bytes> m_answers;
    std::size_t m_bytes = 0;  // of the answers
};

}  // namespace hezhang::ledger
