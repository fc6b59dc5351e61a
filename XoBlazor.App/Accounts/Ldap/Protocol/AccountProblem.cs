namespace XoBlazor.App.Accounts.Ldap.Protocol;

/// <summary>Why an account that exists may not sign in, as the directory says.</summary>
internal enum AccountProblem
{
    NoSuchUser,
    WrongPassword,
    NotAtThisTime,
    NotFromHere,
    PasswordExpired,
    Disabled,
    Expired,
    MustChangePassword,
    Locked,
}

/// <summary>How directories tell an account's problem in the answer to a bind, and the problems in words.</summary>
internal static class AccountProblems
{
    /// <summary>
    /// Active Directory's sub-code, the "data 52e" in the diagnostic message of result 49: the Win32 error in hexadecimal
    /// (ERROR_NO_SUCH_USER 525, ERROR_LOGON_FAILURE 52e, ERROR_INVALID_LOGON_HOURS 530, ERROR_INVALID_WORKSTATION 531,
    /// ERROR_PASSWORD_EXPIRED 532, ERROR_ACCOUNT_DISABLED 533, ERROR_ACCOUNT_EXPIRED 701, ERROR_PASSWORD_MUST_CHANGE 773,
    /// ERROR_ACCOUNT_LOCKED_OUT 775).
    /// </summary>
    public static AccountProblem? OfDiagnostic(string diagnostic)
    {
        const string Mark = ", data ";
        var at = diagnostic.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
            return null;

        var code = diagnostic.AsSpan(at + Mark.Length);
        var end = code.IndexOfAny(',', ' ', '\0');
        return (end < 0 ? code : code[..end]) switch
        {
            "525" => AccountProblem.NoSuchUser,
            "52e" => AccountProblem.WrongPassword,
            "530" => AccountProblem.NotAtThisTime,
            "531" => AccountProblem.NotFromHere,
            "532" => AccountProblem.PasswordExpired,
            "533" => AccountProblem.Disabled,
            "701" => AccountProblem.Expired,
            "773" => AccountProblem.MustChangePassword,
            "775" => AccountProblem.Locked,
            _ => null,
        };
    }

    public static string Words(this AccountProblem problem) => problem switch
    {
        AccountProblem.NoSuchUser => "the directory knows no such user",
        AccountProblem.WrongPassword => "the password is wrong",
        AccountProblem.NotAtThisTime => "the account may not sign in at this time",
        AccountProblem.NotFromHere => "the account may not sign in from this server",
        AccountProblem.PasswordExpired => "the password has expired and must be changed in the directory first",
        AccountProblem.Disabled => "the account is disabled in the directory",
        AccountProblem.Expired => "the account has expired in the directory",
        AccountProblem.MustChangePassword => "the password must be changed in the directory first",
        AccountProblem.Locked => "the account is locked in the directory after too many wrong passwords",
    };
}
