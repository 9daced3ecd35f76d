using System.Text.Json.Nodes;

namespace Connect.Tests.Distributed.Security;

/// <summary>Unique values, to be searched for where they must not be.</summary>
internal sealed class Plants
{
    private static readonly string Unique = Guid.NewGuid().ToString("N")[..12];

    public string OrganizationName { get; } = $"회사{Unique}";

    public string ContactName { get; } = $"담당자{Unique}";

    public string ContactEmail { get; } = $"contact-{Unique}@planted.example";

    public string ContactPhone { get; } = "010-9173-4468";

    public string Address { get; } = $"{Unique} Planted-ro 1";

    public string Website { get; } = $"https://site-{Unique}.planted.example/";

    public string Description { get; } = $"Description {Unique} of what we do";

    /// <summary>Of contact fields that were refused.</summary>
    public string Refused { get; } = $"refused-{Unique}";

    /// <summary>A note on a match.</summary>
    public string Note { get; } = $"Note {Unique} on a match";

    public string UserEmail { get; } = $"user-{Unique}@planted.example";

    public string OtherEmail { get; } = $"other-{Unique}@planted.example";

    public string NewEmail { get; } = $"new-{Unique}@planted.example";

    public string Password { get; } = $"Planted-Pw-{Unique}-1!";

    public string WrongPassword { get; } = $"Wrong-Pw-{Unique}-1!";

    public string NewPassword { get; } = $"New-Pw-{Unique}-1!";

    public string GarbageToken { get; } = $"garbage-token-{Unique}";

    public string ModelKey { get; } = $"model-key-{Unique}";

    public string BusinessNumber { get; } = "719-46-28037";

    public string BusinessDigits { get; } = "7194628037";

    /// <summary>Access tokens, refresh tokens and keys, as they were given, and altered ones.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>Contact data: in the table of organizations alone.</summary>
    public IEnumerable<string> Contacts => [ContactName, ContactEmail, ContactPhone, "01091734468", Address, Website, Description];

    /// <summary>Addresses of users: in the table of users, and in mails that wait.</summary>
    public IEnumerable<string> Emails => [UserEmail, OtherEmail];

    /// <summary>An address that an account would change to: in a mail that waits, alone.</summary>
    public IEnumerable<string> Mailed => [NewEmail];

    /// <summary>Nowhere at all.</summary>
    public IEnumerable<string> Secrets =>
    [
        BusinessNumber, BusinessDigits, "719-**-28037", "719-46-2803", Refused, Password, WrongPassword, NewPassword, GarbageToken, ModelKey, .. Tokens,
    ];

    public JsonObject Organization(string businessNumber)
    {
        var organization = AttackedSite.Organization(OrganizationName, readinessLevel: 5);
        organization["businessNumber"] = businessNumber;
        organization["primaryContactName"] = ContactName;
        organization["primaryContactEmail"] = ContactEmail;
        organization["primaryContactPhone"] = ContactPhone;
        organization["address"] = Address;
        organization["website"] = Website;
        organization["description"] = Description;
        return organization;
    }
}
