using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>Telling something, to whoever has a rule for it.</summary>
public sealed record NotificationSendWant : Want
{
    public override string Text => "notifications: send";

    public override string Words(OperationCatalogue operations) => "tell something that notification rules pass on";
}
