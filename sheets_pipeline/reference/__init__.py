"""What others publish and the product uses: codes and names of municipalities and regions."""
