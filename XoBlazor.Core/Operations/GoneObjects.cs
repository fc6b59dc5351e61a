using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations;

/// <summary>Steps on objects that somebody else, or a step before, may have taken away by now.</summary>
internal static class GoneObjects
{
    /// <summary>There is nothing to be done on what is gone.</summary>
    public static async Task IfThereAsync(this Task step)
    {
        try
        {
            await step;
        }
        catch (XapiFailureException failure) when (IsGone(failure))
        {
        }
    }

    /// <summary>The pool does not know what it was asked about.</summary>
    public static bool IsGone(XapiFailureException failure) => failure.Code == "HANDLE_INVALID";
}
