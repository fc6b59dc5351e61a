using XoBlazor.Simulator.Data;

namespace XoBlazor.Simulator.Calls;

/// <summary>
/// What a call led to: a result or a failure. <see cref="IsEarly"/> marks a failure found before the call was dispatched, which xapi
/// answers in an envelope of its own.
/// </summary>
internal sealed record RpcAnswer(XapiValue? Result, XapiException? Failure, bool IsBare = false, bool IsEarly = false);
