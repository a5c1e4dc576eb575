// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Every run's part of fuzzing: files that are right, changed at random, in any build and with any compiler.
// It is not guided by coverage as packaging/fuzz is, but every run does the same, and a stranger can repeat
// it.
//
//     hezhang-mutate CORPUS [--target NAME] [--seed N] [--count N] [--megabytes N]
//
// CORPUS has a folder a target (tests/fuzz/make_corpus.py). Each target reads so many inputs, or so many
// megabytes of them where that is reached first. What fails leaves its input in `hezhang-mutate.failed`, and
// says the command that repeats it.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

#include "sync/base/random_source.h"
#include "tests/fuzz/targets.h"
#include "tests/support/options.h"

namespace hezhang::fuzz {
namespace {

constexpr std::size_t kBytesMax = 65'536;
constexpr std::uint64_t kChangesMax = 8;

struct Wish {
    std::string folder;
    std::string target;  // empty: all
    std::uint64_t seed = 1;
    std::uint64_t count = 100'000;
    std::uint64_t megabytes = 12;
};

struct Running {
    std::string target;
    std::uint64_t seed = 0;
    Bytes input;
};
Running running;

// What was being read when it failed. Nothing else of the program is trusted any more.
void sayWhatFailed(int signal) {
    if (FILE* file = std::fopen("hezhang-mutate.failed", "wb")) {
        std::fwrite(running.input.data(), 1, running.input.size(), file);
        std::fclose(file);
    }
    std::fprintf(stderr,
                 "%s failed at an input of %zu bytes, now in hezhang-mutate.failed; again: ... --target %s "
                 "--seed %llu --count 1\n",
                 running.target.c_str(), running.input.size(), running.target.c_str(),
                 static_cast<unsigned long long>(running.seed));
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

class Mutation {
public:
    Mutation(const std::vector<Bytes>& corpus, std::uint64_t seed) : m_corpus(corpus), m_random(seed) {}

    Bytes input() {
        Bytes bytes = one();
        for (std::uint64_t left = 1 + below(kChangesMax); left > 0; --left) {
            change(bytes);
        }
        bytes.resize(std::min(bytes.size(), kBytesMax));
        return bytes;
    }

private:
    enum class Change { flip, replace, insert, cut, repeat, splice, number, shorten, kinds };

    std::uint64_t below(std::uint64_t bound) { return m_random.below(bound); }
    const Bytes& one() { return m_corpus[below(m_corpus.size())]; }
    std::uint8_t byte() { return static_cast<std::uint8_t>(below(256)); }

    void change(Bytes& bytes) {
        const auto kind = static_cast<Change>(below(static_cast<std::uint64_t>(Change::kinds)));
        const std::size_t at = below(bytes.size() + 1);
        const std::size_t count = std::min(bytes.size() - at, 1 + below(16));
        const auto from = bytes.begin() + static_cast<std::ptrdiff_t>(at);
        const auto to = from + static_cast<std::ptrdiff_t>(count);
        switch (kind) {
        case Change::flip:
            if (count > 0) {
                *from ^= static_cast<std::uint8_t>(1U << below(8));
            }
            break;
        case Change::replace:
            if (count > 0) {
                *from = byte();
            }
            break;
        case Change::insert:
            bytes.insert(from, byte());
            break;
        case Change::cut:
            bytes.erase(from, to);
            break;
        case Change::repeat: {
            const Bytes again(from, to);
            bytes.insert(from, again.begin(), again.end());
            break;
        }
        case Change::splice: {
            const Bytes& other = one();
            const std::size_t start = below(other.size() + 1);
            const auto begin = other.begin() + static_cast<std::ptrdiff_t>(start);
            const std::size_t size = std::min(other.size() - start, below(256));
            bytes.insert(from, begin, begin + static_cast<std::ptrdiff_t>(size));
            break;
        }
        case Change::number: {
            // Numbers at the edge of what fits, as the formats write them.
            static const Bytes edges[] = {{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01},
                                          {0x80, 0x80, 0x80, 0x80, 0x10},
                                          {0xff, 0xff, 0xff, 0xff, 0x0f},
                                          {0xff, 0xff, 0x03},
                                          {0x7f},
                                          {0x00}};
            const Bytes& edge = edges[below(std::size(edges))];
            bytes.insert(bytes.erase(from, to), edge.begin(), edge.end());
            break;
        }
        case Change::shorten:
            bytes.resize(at);
            break;
        case Change::kinds:
            break;
        }
    }

    const std::vector<Bytes>& m_corpus;
    SeededRandom m_random;
};

std::vector<Bytes> corpusIn(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code unreadable;
    for (const auto& entry : std::filesystem::directory_iterator(folder, unreadable)) {
        paths.push_back(entry.path());
    }
    std::sort(paths.begin(), paths.end());
    std::vector<Bytes> corpus;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    return corpus;
}

// False where the corpus has nothing.
bool read(std::string_view name, Target target, const Wish& wish) {
    const std::vector<Bytes> corpus = corpusIn(std::filesystem::path(wish.folder) / name);
    if (corpus.empty()) {
        std::cerr << "hezhang-mutate: nothing in " << wish.folder << "/" << name << "\n";
        return false;
    }
    running.target = name;
    const std::uint64_t bytesMax = wish.megabytes * 1024 * 1024;
    std::uint64_t done = 0;
    for (std::uint64_t bytes = 0; done < wish.count && bytes < bytesMax; ++done) {
        running.seed = wish.seed + done;
        running.input = Mutation(corpus, running.seed).input();
        bytes += running.input.size();
        target(running.input);
    }
    std::cout << name << ": " << done << " inputs from " << corpus.size() << " files, nothing found"
              << std::endl;
    return true;
}

int run(const Wish& wish) {
    std::signal(SIGABRT, sayWhatFailed);
#ifndef __SANITIZE_ADDRESS__
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
        std::signal(signal, sayWhatFailed);
    }
#endif
    bool isKnown = false;
    for (const auto& [name, target] : targets()) {
        if (wish.target.empty() || wish.target == name) {
            isKnown = true;
            if (!read(name, target, wish)) {
                return 2;
            }
        }
    }
    return isKnown ? 0 : 2;
}

}  // namespace
}  // namespace hezhang::fuzz

// A finding of a sanitizer ends like any other failure.
extern "C" const char* __asan_default_options() {
    return "abort_on_error=1";
}
extern "C" const char* __ubsan_default_options() {
    return "abort_on_error=1";
}

int main(int argc, char** argv) {
    hezhang::fuzz::Wish wish;
    if (argc < 2 || !hezhang::test::readOptions(argc - 1, argv + 1,
                                                {{"--target", &wish.target},
                                                 {"--seed", &wish.seed},
                                                 {"--count", &wish.count},
                                                 {"--megabytes", &wish.megabytes}})) {
        std::cerr << "usage: hezhang-mutate CORPUS [--target NAME] [--seed N] [--count N] [--megabytes N]\n";
        return 2;
    }
    wish.folder = argv[1];
    return hezhang::fuzz::run(wish);
}
