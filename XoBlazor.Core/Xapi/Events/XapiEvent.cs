using XoBlazor.Core.Model;

namespace XoBlazor.Core.Xapi;

/// <summary>One object's news in a batch: its whole state now, or null when it is gone.</summary>
public readonly record struct XapiEvent(XapiClass Class, EventOperation Operation, string Ref, XapiObject? Object);
