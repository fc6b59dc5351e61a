using XoBlazor.Core.Operations;

namespace XoBlazor.Core.Plugins.Wants;

/// <summary>One thing that a plugin asks to be given. It has one line of text, by which it is shown, accepted and recorded; two wants with the same text are the same. Immutable.</summary>
public abstract record Want
{
    /// <summary>Such as <c>read: VM, where tags:web</c>.</summary>
    public abstract string Text { get; }

    /// <summary>What it gives, for people, continuing "The plugin may …"; what the author wrote is made visible.</summary>
    public abstract string Words(OperationCatalogue operations);

    /// <summary>It holds in some pools rather than everywhere.</summary>
    public virtual bool IsOfPools => false;

    /// <summary>Why this server cannot give it, continuing "NAME wants …"; null when it can.</summary>
    public virtual string? Problem(OperationCatalogue operations) => null;
}
