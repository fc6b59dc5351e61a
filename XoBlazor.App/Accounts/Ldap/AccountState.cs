using System.Collections.Immutable;
using System.Globalization;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.App.Accounts.Ldap;

/// <summary>
/// Whether an entry's own attributes bar it, as far as the service account may see them. Active Directory: userAccountControl and its
/// computed twin (MS-ADTS §2.2.16, §3.1.1.4.5.17), accountExpires, lockoutTime, pwdLastSet; OpenLDAP's password policy:
/// pwdAccountLockedTime, pwdReset; FreeIPA and 389: nsAccountLock, krbPrincipalExpiration.
/// </summary>
internal static class AccountState
{
    private const long Disabled = 0x2;
    private const long LockedOut = 0x10;
    private const long PasswordNeverExpires = 0x10000;
    private const long PasswordExpired = 0x800000;

    /// <summary>Active Directory's own when a domain says nothing else; asked only where the computed attribute is not shown.</summary>
    private static readonly TimeSpan s_usualLockout = TimeSpan.FromMinutes(30);

    public static ImmutableArray<string> Attributes { get; } =
    [
        "userAccountControl", "msDS-User-Account-Control-Computed", "accountExpires", "lockoutTime", "pwdLastSet",
        "pwdAccountLockedTime", "pwdReset", "nsAccountLock", "krbPrincipalExpiration",
    ];

    /// <summary>The gravest problem: one that bars the account itself before one of its password.</summary>
    public static AccountProblem? Of(LdapEntry entry, DateTimeOffset now)
    {
        var control = Number(entry, "userAccountControl") ?? 0;
        var computed = Number(entry, "msDS-User-Account-Control-Computed");
        if ((control & Disabled) != 0 || IsTrue(entry, "nsAccountLock") || entry.Text("pwdAccountLockedTime") == "000001010000Z")
            return AccountProblem.Disabled;
        if (IsPast(Number(entry, "accountExpires"), now) || GeneralizedTime(entry.Text("krbPrincipalExpiration")) <= now)
            return AccountProblem.Expired;
        if (entry.Text("pwdAccountLockedTime") is not null || (computed is { } flags ? (flags & LockedOut) != 0 : IsWithin(Number(entry, "lockoutTime"), now)))
            return AccountProblem.Locked;
        if ((computed & PasswordExpired) > 0 && Number(entry, "pwdLastSet") is not 0)
            return AccountProblem.PasswordExpired;
        if ((Number(entry, "pwdLastSet") == 0 && (control & PasswordNeverExpires) == 0) || IsTrue(entry, "pwdReset"))
            return AccountProblem.MustChangePassword;
        return null;
    }

    // 0 and the largest number both mean never.
    private static bool IsPast(long? fileTime, DateTimeOffset now) =>
        fileTime is > 0 and < long.MaxValue && Time(fileTime.Value) is { } end && end <= now;

    private static bool IsWithin(long? fileTime, DateTimeOffset now) =>
        fileTime is > 0 && Time(fileTime.Value) is { } begin && now - begin < s_usualLockout;

    private static DateTimeOffset? Time(long fileTime) =>
        fileTime <= DateTimeOffset.MaxValue.ToFileTime() ? DateTimeOffset.FromFileTime(fileTime).ToUniversalTime() : null;

    private static DateTimeOffset? GeneralizedTime(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static long? Number(LdapEntry entry, string attribute) =>
        long.TryParse(entry.Text(attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsTrue(LdapEntry entry, string attribute) => "TRUE".Equals(entry.Text(attribute), StringComparison.OrdinalIgnoreCase);
}
