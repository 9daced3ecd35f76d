namespace Connect.Api.OpenApi;

/// <summary>Descriptions of operations whose routes have none.</summary>
internal static class OperationTexts
{
    /// <summary>Descriptions by operation id.</summary>
    public static readonly IReadOnlyDictionary<string, string> Descriptions = new Dictionary<string, string>
    {
        ["CreateOrganization"] =
            "A user belongs to one organization at most, and a business number to one organization: 409 otherwise. Matches can be generated once "
            + "profileCompleted is true: a sector, a focus area or a key technology is enough.",
        ["GetOrganization"] = "Organizations of others are answered like those that do not exist. The business number is masked.",
        ["UpdateOrganization"] =
            "Send only what changes (RFC 7396); null clears a field. Lists are replaced as a whole. The change and the eviction of the "
            + "organization's cached matches are one transaction: the next answer follows the new profile. Fields that matches do not depend on "
            + "evict nothing; a patch that changes nothing writes nothing, and the ETag stays. businessNumber corrects the number: 409 where "
            + "another organization has it.",
        ["Logout"] = "Access tokens and the refresh token of the session are refused by every instance within milliseconds. Other sessions go on.",
        ["LogoutEverywhere"] = "Also ends a sign-in to the operations page, and links in mails that were not followed yet. Keys of programs go on.",
        ["ListSessions"] = "A sign-in begins a session, and each refresh goes on with it. client is what the program calls itself.",
        ["EndSession"] = "Sessions of others are answered like those that do not exist.",
        ["ListKeys"] = "Without secrets: these are shown once. lastUsedAt is right to some seconds.",
        ["CreateKey"] =
            "A program sends the secret as Authorization: Bearer ck_…. READ opens what a reader of the organization may read, generated matches "
            + "included; WRITE also what an editor may change. No key manages accounts, members or keys. 409 where a key of the name exists.",
        ["RotateKey"] =
            "Two secrets are good at a time: the new one, and the one before for overlapHours. Rotating again ends the older one at once.",
        ["RevokeKey"] = "When the answer arrives, other instances learn of it within milliseconds. The name can be used again.",
        ["ListAdminKeys"] = "Without secrets: these are shown once. lastUsedAt is right to some seconds.",
        ["RotateAdminKey"] =
            "Two secrets are good at a time: the new one, and the one before for overlapHours. Rotating again ends the older one at once.",
        ["RevokeAdminKey"] = "When the answer arrives, other instances learn of it within milliseconds. The name can be used again.",
        ["DeleteOrganization"] =
            "Name, business number, contacts, address, website and description are erased, stored matches, keys, invitations and mails are removed, "
            + "and its members leave it, all in one transaction. Administrators can restore the rest for 30 days, without members; then it is gone.",
        ["DeleteAccount"] =
            "Needs the password; an account without one needs a sign-in within the last five minutes. Access and refresh tokens are refused from then "
            + "on by every replica. 409 last-owner: hand the organization over, or delete it first; 409 last-administrator: there has to be one.",
        ["ExportAccount"] =
            "A JSON file: account, membership, sessions, passkeys, external logins, keys, invitations, mails, and what an administrator did. Secrets and "
            + "their hashes are not in it.",
        ["ListOrganizations"] =
            "With status=DEACTIVATED those that were deleted, and until when they can be restored. Names, numbers and contacts are not told.",
        ["RestoreOrganization"] =
            "Name, business number, contacts, address, website and description were erased by the deletion; the rest of the profile is back, without "
            + "members and stored matches. The invited person has seven days to accept. 404 where nothing can be restored, or not any more.",
        ["ListMembers"] = "For all members. A reader reads, an editor changes the profile and marks matches, an owner manages members and invitations.",
        ["UpdateMember"] =
            "To hand the organization over, make another member an owner, then yourself something else. 409 last-owner: the last owner stays one.",
        ["RemoveMember"] =
            "The member loses access at once, on every replica, and may join or create another organization. 409 last-owner: the last owner can't leave.",
        ["InviteMember"] =
            "The mail, in the language of Accept-Language, has a link whose token is good for seven days and for this address alone; the answer does "
            + "not have it. An invitation of the same address is replaced, with its link. 409 already-member, too-many-members (200), "
            + "too-many-invitations (100). 503 mail-not-configured where no mail server is configured.",
        ["ListInvitations"] = "Accepted, withdrawn and expired ones are not kept.",
        ["WithdrawInvitation"] = "Its link is answered like one that never was; a mail that still waits is not sent.",
        ["AcceptInvitation"] =
            "The caller's mail address has to be the invited one; callers of an external issuer have none, and the token is enough. Tokens that are "
            + "unknown, used, withdrawn, expired or another address's are answered alike: 404. 409 organization-exists: leave yours first.",
        ["ListPrograms"] =
            "All announcements are listed, also those that are not matched (kind) and those that ended (status): in every order the open ones first, "
            + "then upcoming, then closed ones. Filters are joined by and, the values of one by or; unknown values are refused. q compares letters whatever "
            + "their case, width, composition and spacing; words are found as parts of others, those of one syllable or of up to three Latin letters "
            + "and digits as whole words. First pages without q, trl and ranges are cached, and never out of date.",
        ["GetProgram"] =
            "With its rounds, the words that it was classified by, the boards that it stands on, and what has changed since it was first read.",
        ["GetProgramSeries"] =
            "Programs are rounds of one series where ministry and title are the same without year, round, notice number and marks such as (재공고). A "
            + "title that could be anybody's (신규과제 공모) has no series: rounds is then the program alone. next is an estimate from the days on which "
            + "earlier rounds opened; years, spreadDays and overdue say what it rests on.",
        ["ListSimilarPrograms"] =
            "By the keywords that both have, rare ones first, then sectors, audience and regions. The program's other postings and rounds are left "
            + "out. sharedSectors and sharedKeywords say why a program is listed.",
        ["UpdateMatch"] =
            "Marks belong to the organization, not to the member who set them, and outlive every computation. etag in the item names its "
            + "marks and nothing else: a new score does not stand in the way of If-Match. The status DISMISSED needs a dismissalReason, which ends "
            + "with it; null clears status or note. Dismissed matches leave generated matches at once, on every instance.",
        ["ListMatchHistory"] = "A patch that changed nothing, and changes of saved and viewed, are not among them. by is null once the account is gone.",
        ["GetOutcomes"] =
            "Of stored matches with a status, by the status that they have now. from, to and the years are of the day in Seoul on which it was set.",
        ["ListAudit"] =
            "A request is stored before it is carried out. Without status it is under way, or the process died during it. Bodies are never stored.",
        ["CreateScrape"] =
            "Answers at once; a worker takes the run up within a second, or when an earlier one of the same board has ended. A run of the board that "
            + "waits already is joined: 200 where nothing was queued, 202 where at least one run was. A run that is under way is not joined, because "
            + "it may have read the page already. 409 where no worker reads the board.",
        ["ListScrapes"] =
            "A run that is under way shows how far it is: found and failed grow. Boards say on what evidence their layout is believed to work: a "
            + "saved page of the real board, or only a description.",
        ["GetScrapePage"] =
            "The page that lost its layout, or else the first list page, as plain text without personal data, scripts and keys. Only suspicious runs "
            + "keep one: 404 for others, and once it is forgotten.",
        ["CorrectProgram"] =
            "Send the fields to be set, and a reason. They stay so through scrapes and new rules until the board changes that very field: then "
            + "its value counts, and conflictAt says since when. History, eviction of rankings and the correction are one transaction.",
        ["DeleteCorrection"] = "The field has the board's value again, and its evidence where it is a classification.",
        ["ListCorrections"] = "With conflicts=true only those that the board has overruled.",
        ["GetCache"] =
            "Processes tell of themselves every few seconds; the one that answers is up to the moment. complete is false where the database "
            + "could not be asked for the others.",
        ["DeleteCacheTag"] =
            "Tags are programs, matches, org:{id}, marks:{id} and *, which is everything. When the answer arrives, no instance gives out what was computed "
            + "before. Tags that nothing has are evicted too, with no effect.",
        ["WarmCache"] = "Answers at once; a worker takes it up. While another warming waits, its id is given back.",
        ["ListCacheWarmings"] = "A warming that is under way shows how far it is: warmed, skipped and failed grow.",
    };
}
