using XoBlazor.Core.Access;
using XoBlazor.Core.Model;
using XoBlazor.Core.Store;
using XoBlazor.Core.Xapi;

namespace XoBlazor.Core.Operations.Messages;

/// <summary>Takes an alert away for everybody: XAPI forgets the message.</summary>
internal sealed class DismissMessage() : Operation("message.dismiss", new Right("message.dismiss", "Dismiss alerts", RightLevel.Operate), XapiClass.XapiMessage)
{
    public static Operation Instance { get; } = new DismissMessage
    {
        Title = "Dismiss",
        Progressive = "Dismissing",
        Description = "Takes the alert away for everybody; the journal keeps it.",
    };

    public override string? Obstacle(PoolPicture pool, XapiObject target) => null;

    internal override async Task<XenRef<XapiTask>> BeginAsync(XapiConnection connection, XapiObject target, OperationArguments arguments, CancellationToken token)
    {
        await connection.CallAsync("message.destroy", [target.Ref], token);
        return default;
    }
}
