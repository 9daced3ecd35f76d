namespace Connect.Data.Accounts;

/// <summary>
/// Rows that name an account by its mail address alone. They are the account's only if it has confirmed the address: it may have registered
/// that of another person.
/// </summary>
public static class AddressedRows
{
    /// <summary>Mails to the account's confirmed address.</summary>
    public static IQueryable<Mail> MailsTo(this ConnectDbContext context, User user)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Mails.FromSql($"select * from mails where upper(recipient) = {AddressOf(user)}");
    }

    /// <summary>Invitations to the account's confirmed address.</summary>
    public static IQueryable<Invitation> InvitationsTo(this ConnectDbContext context, User user)
    {
        ArgumentNullException.ThrowIfNull(context);
        var address = AddressOf(user);
        return context.Invitations.Where(i => i.NormalizedEmail == address);
    }

    private static string? AddressOf(User user) => user.EmailConfirmed ? user.NormalizedEmail : null;
}
