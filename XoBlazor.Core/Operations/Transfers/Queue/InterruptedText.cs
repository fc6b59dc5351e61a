using XoBlazor.Core.Transfers;

namespace XoBlazor.Core.Operations.Transfers.Queue;

/// <summary>What is said of a transfer in the middle of which the server stopped, before anybody has looked what is left of it.</summary>
internal static class InterruptedText
{
    private const string Stopped = "The server stopped in the middle of it.";

    /// <param name="operation">Null for one that this version does not have.</param>
    public static string Of(TransferRecord record, Operation? operation) => record.To is not null ? $"{Stopped} What it had made is taken away as soon as both pools answer."
        : operation?.Bytes == TransferDirection.Out ? $"{Stopped} What was received of it is not whole; begin it again."
        : operation?.Makes is not null ? $"{Stopped} What it had made is taken away as soon as its pool answers; begin it again."
        : $"{Stopped} What is on {record.Name} now is not to be used; send it again.";
}
