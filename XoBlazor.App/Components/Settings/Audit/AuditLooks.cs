using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Audit;

namespace XoBlazor.App.Components.Settings.Audit;

/// <summary>How categories and outcomes of the audit are shown.</summary>
public static class AuditLooks
{
    public static Look Of(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Begun => new("busy", "Goes on", Tone.Busy),
        AuditOutcome.Succeeded => new("done", "Succeeded", Tone.Good),
        AuditOutcome.Failed => new("failed", "Failed", Tone.Bad),
        AuditOutcome.Refused => new("lock", "Refused", Tone.Held),
        AuditOutcome.Cancelled => new("cancelled", "Cancelled", Tone.Idle),
        AuditOutcome.Unknown => new("unknown", "Unknown", Tone.Busy),
    };

    public static string Of(AuditCategory category) => category switch
    {
        AuditCategory.Operation => "Operations",
        AuditCategory.SignIn => "Sign-in",
        AuditCategory.Account => "Users",
        AuditCategory.Access => "Access",
        AuditCategory.Pool => "Pools",
        AuditCategory.Setting => "Settings",
        AuditCategory.Console => "Consoles",
        AuditCategory.Audit => "Audit",
    };
}
