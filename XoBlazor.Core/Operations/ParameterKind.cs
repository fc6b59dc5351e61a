namespace XoBlazor.Core.Operations;

/// <summary>What a value of a parameter is, and as what <see cref="OperationArguments"/> gives it out.</summary>
public enum ParameterKind
{
    /// <summary>A text; <see cref="OperationParameter.MaxLength"/> bounds it.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>Bytes: a number, or a text with a unit such as <c>20 GiB</c>.</summary>
    Size,

    /// <summary>One of <see cref="OperationParameter.Choices"/>.</summary>
    Choice,

    /// <summary>
    /// An object of the target's pool by its uuid, or its reference where it has none. Where it may be one of any pool (<see cref="OperationParameter.IsAnywhere"/>), the target's pool is
    /// searched first, and pool and uuid with a stroke between them name one and no other.
    /// </summary>
    Object,

    /// <summary>Several values of <see cref="OperationParameter.Item"/>.</summary>
    List,

    /// <summary>Values of <see cref="OperationParameter.Item"/> under free names.</summary>
    Map,

    /// <summary>Values of <see cref="OperationParameter.Fields"/> together.</summary>
    Record,
}
