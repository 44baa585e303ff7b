#pragma once
// Steps that tidy a network after its lines were cut.

#include "dispatch/city/generator/arrange.h"

namespace jedel::generator {

/// Takes away dead ends shorter than the length, again and again, unless meant.
void trim_stubs(Network& network, double shorter_than_m);
/// A node between two edges of one street becomes a point of the road's shape.
void merge_through_nodes(Network& network);
/// Turns the junction nearest to the place into a roundabout of 24 m radius,
/// where its roads leave room.
void make_roundabout(Network& network, Vec at);
/// Keeps the largest part in which every place reaches every other; drops unused nodes.
void keep_connected(Network& network);

}  // namespace jedel::generator
