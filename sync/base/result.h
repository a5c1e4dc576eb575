// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
//
// Result<T>: a value or an Error. Every failure that can happen in a correct program travels this way;
// our code throws nothing. HZ_ASSERT (check.h) is for failures that cannot happen.
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "sync/base/error_code.h"

namespace hezhang {

// What went wrong. `text` says it in plain English for the one-line error, without the advice
// (that comes from the code) and never with ledger text or secrets in it.
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string text;
};

template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
};

template <>
class [[nodiscard]] Result<void> : public tl::expected<void, Error> {
public:
    using tl::expected<void, Error>::expected;
};

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string text) {
    return tl::unexpected<Error>(Error{code, std::move(text)});
}
[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

}  // namespace hezhang

#define HZ_CONCAT2(a, b) a##b
#define HZ_CONCAT(a, b) HZ_CONCAT2(a, b)

// HZ_TRY(auto x, call()): declares x from the Result of call(), or returns its error from this function.
// The expression may hold commas.
#define HZ_TRY(decl, ...)                                                      \
    auto HZ_CONCAT(hzTry, __LINE__) = (__VA_ARGS__);                           \
    if (!HZ_CONCAT(hzTry, __LINE__))                                           \
        return ::hezhang::fail(std::move(HZ_CONCAT(hzTry, __LINE__)).error()); \
    decl = std::move(*HZ_CONCAT(hzTry, __LINE__))

// HZ_CHECK(call()): returns the error of a Result<void>, else goes on.
#define HZ_CHECK(...)                                                                                       \
    do {                                                                                                    \
        if (auto hzChecked = (__VA_ARGS__); !hzChecked) return ::hezhang::fail(std::move(hzChecked).error()); \
    } while (false)
