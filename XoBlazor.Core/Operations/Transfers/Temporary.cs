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
            work.Did($"{what} was made for it and is left behind; delete it");
            work.Note($"Left behind: {what}; delete it.");
        }
    }
}
