using Microsoft.AspNetCore.Identity;

namespace XoBlazor.App.Data;

/// <summary>A person who may sign in: with a password kept here, or through the directory the account is linked to. Never both.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>An account of that name, without a password yet.</summary>
    public Account(string userName) : base(userName)
    {
    }

    /// <summary>The person's name for people; null shows the name to sign in with.</summary>
    public string? DisplayName { get; set; }

    /// <summary>True: may not sign in, and has nothing.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>The password was set by somebody else and has to be replaced at the next sign-in.</summary>
    public bool MustChangePassword { get; set; }

    /// <summary>The directory that vouches for the person; null for an account kept here.</summary>
    public Guid? DirectoryId { get; set; }

    /// <summary>The directory's own lasting identifier of the person.</summary>
    public string? DirectoryUserId { get; set; }

    /// <summary>The directory took the person away or barred them, not an administrator: the directory's word also brings them back.</summary>
    public bool IsDisabledByDirectory { get; set; }

    /// <summary>The half minute, counted from 1970, of the last code from an authenticator app; no code of then or before is taken again.</summary>
    public long LastCodeStep { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>The last successful sign-in.</summary>
    public DateTimeOffset? LastSignIn { get; set; }
}
