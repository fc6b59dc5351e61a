using Microsoft.AspNetCore.Identity;

namespace XoBlazor.App.Data;

/// <summary>A person who may sign in with a password kept here.</summary>
public sealed class Account : IdentityUser<Guid>
{
    /// <summary>An account of that name, without a password yet.</summary>
    public Account(string userName) : base(userName)
    {
    }
}
