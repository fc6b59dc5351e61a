using System.Collections.Immutable;

namespace XoBlazor.Core.Xapi;

/// <summary>The pool refused this call; the session and everything else still work. <see cref="XapiErrorText"/> says it in a user's words.</summary>
public sealed class XapiFailureException : XapiException
{
    public XapiFailureException(string code, ImmutableArray<string> parameters)
        : base(XapiErrorText.Of(code, parameters)) => (Code, Parameters) = (code, parameters);

    /// <summary>XAPI's code, such as <c>VM_BAD_POWER_STATE</c>.</summary>
    public string Code { get; }

    public ImmutableArray<string> Parameters { get; }
}
