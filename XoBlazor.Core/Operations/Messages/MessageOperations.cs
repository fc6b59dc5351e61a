using System.Collections.Immutable;
using XoBlazor.Core.Access;
using XoBlazor.Core.Model;

namespace XoBlazor.Core.Operations.Messages;

/// <summary>The verbs of alerts.</summary>
public static class MessageOperations
{
    public static Operation Dismiss { get; } = new OperationOn<XapiMessage>("message.dismiss", new("message.dismiss", "Dismiss alerts", RightLevel.Operate),
        (work, message) => work.CallAsync("message.destroy", message.Ref))
    {
        Title = "Dismiss",
        Progressive = "Dismissing",
        Description = "Takes the alert away for everybody; the journal keeps it.",
    };

    public static ImmutableArray<Operation> All { get; } = [Dismiss];
}
