using System.Text;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Accounts.Ldap.Protocol;

namespace XoBlazor.Tests.App.Accounts.Ldap;

/// <summary>Attributes of Active Directory, OpenLDAP's password policy and FreeIPA that bar an account.</summary>
public sealed class AccountStateTests
{
    private const string Past = "134300000000000000";
    private const string Future = "150000000000000000";
    private const string LongAgo = "134247023000000000";

    private static readonly DateTimeOffset s_now = DateTimeOffset.FromFileTime(134300000000000000).AddMinutes(10);

    [Theory]
    [InlineData(null, "userAccountControl=512")]
    [InlineData("Disabled", "userAccountControl=514")]
    [InlineData("Disabled", "userAccountControl=514", "lockoutTime=" + Past)]
    [InlineData(null, "accountExpires=0")]
    [InlineData(null, "accountExpires=9223372036854775807")]
    [InlineData(null, "accountExpires=" + Future)]
    [InlineData("Expired", "accountExpires=" + Past)]
    [InlineData("Expired", "accountExpires=1")]
    [InlineData(null, "accountExpires=8999999999999999999")]
    [InlineData(null, "accountExpires=-5")]
    [InlineData(null, "accountExpires=never")]
    [InlineData("Locked", "lockoutTime=" + Past)]
    [InlineData(null, "lockoutTime=" + LongAgo)]
    [InlineData(null, "lockoutTime=0")]
    [InlineData(null, "lockoutTime=" + Past, "msDS-User-Account-Control-Computed=0")]
    [InlineData("Locked", "msDS-User-Account-Control-Computed=16")]
    [InlineData("PasswordExpired", "msDS-User-Account-Control-Computed=8388608", "pwdLastSet=" + Past)]
    [InlineData("MustChangePassword", "pwdLastSet=0", "userAccountControl=512")]
    [InlineData(null, "pwdLastSet=0", "userAccountControl=66048")]
    [InlineData("MustChangePassword", "pwdReset=TRUE")]
    [InlineData("Disabled", "pwdAccountLockedTime=000001010000Z")]
    [InlineData("Locked", "pwdAccountLockedTime=20260601120000Z")]
    [InlineData("Disabled", "nsAccountLock=TRUE")]
    [InlineData(null, "nsAccountLock=FALSE")]
    [InlineData("Expired", "krbPrincipalExpiration=20200101000000Z")]
    [InlineData(null, "krbPrincipalExpiration=20990101000000Z")]
    public void Of_Attributes_IsTheGravestProblem(string? problem, params string[] attributes)
    {
        var entry = new LdapEntry("cn=x", [.. attributes.Select(each => each.Split('=')).Select(pair => new LdapAttribute(pair[0], [Encoding.UTF8.GetBytes(pair[1])]))]);

        Assert.Equal(problem, AccountState.Of(entry, s_now)?.ToString());
    }
}
