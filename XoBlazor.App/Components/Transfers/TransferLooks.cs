using XoBlazor.App.Components.Ui;
using XoBlazor.Core.Operations.Transfers.Queue;

namespace XoBlazor.App.Components.Transfers;

/// <summary>How the states of transfers show themselves.</summary>
internal static class TransferLooks
{
    public static Look Of(TransferState state) => state switch
    {
        TransferState.Waiting => new("clock", "Waiting", Tone.Idle),
        TransferState.Held => new("paused", "Held", Tone.Held),
        TransferState.Running => new("pending", "Running", Tone.Busy),
        TransferState.Succeeded => new("done", "Done", Tone.Good),
        TransferState.Failed => new("failed", "Failed", Tone.Bad),
        TransferState.Cancelled => new("cancelled", "Cancelled", Tone.Idle),
        TransferState.Unknown => new("unknown", "End unknown", Tone.Idle),
        TransferState.Interrupted => new("silent", "Interrupted", Tone.Busy),
    };
}
