// SPDX-FileCopyrightText: The Hezhang authors
// SPDX-License-Identifier: Apache-2.0
#include "src/ledger/invitation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace hezhang::ledger {
namespace {

TEST(Invitation, IsOneLineWithEncodedValues) {
    EXPECT_EQ(invitationUri({"https://a.example:8420/x?y", "K7-Q2"}),
              "hezhang:enrol?url=https%3a%2f%2fa.example%3a8420%2fx%3fy&code=K7-Q2");
}

TEST(Invitation, WhatIsNoneIsRefused) {
    for (const char* text : {"", "https://a.example", "hezhang:enrol?", "hezhang:enrol?url=a",
                             "hezhang:enrol?url=a&code=", "hezhang:enrol?url=a&code=b&code=c",
                             "hezhang:enrol?url=%zz&code=b", "hezhang:enrol?url=a%00&code=b"}) {
        EXPECT_FALSE(parseInvitation(text)) << text;
    }
}

TEST(Invitation, NamesOfALaterVersionArePassedOver) {
    EXPECT_EQ(*parseInvitation("hezhang:enrol?v=2&url=a&new&code=b"), (Invitation{"a", "b"}));
}

RC_GTEST_PROP(InvitationLaws, WhatIsWrittenIsReadBack, ()) {
    const auto text = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(1, 127)));
    const Invitation invitation{*text, *text};

    const auto read = parseInvitation(invitationUri(invitation));

    RC_ASSERT(read.has_value());
    RC_ASSERT(*read == invitation);
}

}  // namespace
}  // namespace hezhang::ledger
