using XoBlazor.App.Accounts.Directories;
using XoBlazor.App.Accounts.Ldap;
using XoBlazor.App.Components.Ui;

namespace XoBlazor.App.Components.Settings.Directories;

/// <summary>How directories and the steps of their tests show themselves.</summary>
internal static class DirectoryLooks
{
    public static Look Of(DirectorySettings directory, DirectorySyncReport? report) => directory switch
    {
        { IsEnabled: false } => new("disabled", "Disabled", Tone.Idle),
        _ when Warning(directory) is not null => new("warning", "Unprotected", Tone.Busy),
        _ when report?.Problem is not null => new("failed", "In trouble", Tone.Bad),
        _ => new("connected", "Enabled", Tone.Good),
    };

    /// <summary>What stays wrong with the settings as long as they are so; null when nothing is.</summary>
    public static string? Warning(DirectorySettings directory) => directory switch
    {
        { AllowPlain: true } => "Names and passwords go to ldap:// servers unprotected: whoever sits on the way reads them all. Use StartTLS or ldaps://.",
        { CheckCertificate: false } => "The servers' certificates are not checked: whoever sits on the way can read every password. Paste the CA's certificate, and turn the check on.",
        _ => null,
    };

    public static Look Of(DirectoryTestOutcome outcome) => outcome switch
    {
        DirectoryTestOutcome.Passed => new("done", "Passed", Tone.Good),
        DirectoryTestOutcome.Warning => new("warning", "Works, but", Tone.Busy),
        DirectoryTestOutcome.Failed => new("failed", "Failed", Tone.Bad),
    };

    public static string Words(DirectoryTestStage stage) => stage switch
    {
        DirectoryTestStage.Settings => "Settings",
        DirectoryTestStage.Resolved => "Name found",
        DirectoryTestStage.Connected => "Connected",
        DirectoryTestStage.Secured => "Protected by TLS",
        DirectoryTestStage.Bound => "Signed in as service account",
        DirectoryTestStage.Searched => "Users searched",
        DirectoryTestStage.GroupsListed => "Groups searched",
        DirectoryTestStage.Found => "User found",
        DirectoryTestStage.SignedIn => "User's password tried",
        DirectoryTestStage.Account => "User's account",
        DirectoryTestStage.Groups => "User's groups",
        DirectoryTestStage.Roles => "What the user would get",
    };
}
