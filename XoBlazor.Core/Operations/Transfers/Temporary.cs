using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Transfers;

/// <summary>What is made for the time of a transfer.</summary>
internal static class Temporary
{
    /// <summary>Takes it away, however the transfer ended; when that fails, the end of the operation says what is left.</summary>
    public static async Task RemoveAsync(OperationWork work, string what, Func<Task> remove)
    {
        try
        {
            await remove();
        }
        catch (Exception left) when (left is XapiException or OperationCanceledException)
        {
            work.LeaveBehind();
            var next = work.Leftover is null ? "delete it" : "it is taken away as soon as its pool lets it";
            work.Did($"{what} was made for it and is left behind; {next}");
            work.Note($"Left behind: {what}; {next}.");
        }
    }
}
