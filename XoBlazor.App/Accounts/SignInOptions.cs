using System.ComponentModel.DataAnnotations;

namespace XoBlazor.App.Accounts;

/// <summary>How long a sign-in lasts (<c>SignIn:*</c>).</summary>
public sealed class SignInOptions
{
    /// <summary>The section of the settings.</summary>
    public const string Section = "SignIn";

    /// <summary>
    /// A session that nobody used for so long ends. Loading a page, a click, a key is use; a page that only lies open and updates
    /// itself is not.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:05", "366.00:00:00", ErrorMessage = "SignIn:Idle has to lie between 5 seconds and 366 days, for example 12:00:00.")]
    public TimeSpan Idle { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Every session ends so long after its sign-in, used or not.</summary>
    [Range(typeof(TimeSpan), "00:00:05", "366.00:00:00", ErrorMessage = "SignIn:Longest has to lie between 5 seconds and 366 days, for example 7.00:00:00.")]
    public TimeSpan Longest { get; set; } = TimeSpan.FromDays(7);
}
