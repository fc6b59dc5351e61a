using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store;

/// <summary>What a host said about one object: its state now, or that it is gone.</summary>
/// <param name="State">The whole object, or null when it is gone.</param>
public readonly record struct ObjectUpdate(string Ref, XapiObject? State)
{
    public static ObjectUpdate Present(XapiObject state) => new(state.Ref, state);

    public static ObjectUpdate Gone(string reference) => new(reference, null);
}
